import type {ControllerSurroundings} from '../state/controller.ts';
import type {Restarts} from './restarts.ts';
import type {TaskTemplates} from './task-templates.ts';

/** What rolling updates are made with. */
export type UpdateSurroundings = ControllerSurroundings & {
	readonly restarts: Restarts;
	readonly templates: TaskTemplates;
};
