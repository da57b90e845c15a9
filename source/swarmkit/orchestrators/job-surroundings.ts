import type {Store} from '../state/store.ts';
import type {Restarts} from './restarts.ts';
import type {TaskTemplates} from './task-templates.ts';

/** What the two kinds of jobs are run with. */
export type JobSurroundings = {
	readonly store: Store;
	readonly templates: TaskTemplates;
	readonly restarts: Restarts;
};
