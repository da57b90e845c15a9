import type {Service, ServiceSpec} from '../../wire/service.ts';
import type {Part} from './action.ts';
import {restart} from './messages.ts';
import {replacementLines} from './replacement.ts';
import {serviceAction} from './service-action.ts';

export type RestartIntent = {readonly action: 'service.restart'; readonly serviceId: string};

/** Replaces every task of a service, one after another, with the same settings. */
export const serviceRestart = serviceAction<RestartIntent, never>({
	settles: 'settings',
	verb: () => 'Restart',
	change: (_, spec) => withRestart(spec),
	planFor: (_, service) => ({
		title: restart.title(service.name),
		lines: replacementLines(service),
		consent: {kind: 'dialog'},
	}),
	partOf: (_, service) => restartsPart(service),
});

export function withRestart(spec: ServiceSpec): ServiceSpec {
	const {TaskTemplate: template} = spec;
	return {...spec, TaskTemplate: {...template, ForceUpdate: (template.ForceUpdate ?? 0) + 1}};
}

export function restartsPart({Spec}: Service): Part {
	const restarts = Spec.TaskTemplate.ForceUpdate ?? 0;
	return {key: String(restarts), words: restart.times(restarts)};
}
