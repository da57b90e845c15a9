import {fit as fitOf, type Ground} from '../../../cluster/forecast/fit.ts';
import {type Forecaster, sharedForecaster} from '../../../cluster/forecast/forecaster.ts';
import {imaginedNode} from '../../../cluster/forecast/what-if.ts';
import {readStackFiles} from '../../../cluster/stack-file.ts';
import {failed, ok, type Result} from '../../../runtime/result.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import type {ServiceSpec} from '../../../wire/service.ts';
import {exitStatus} from '../../open-client.ts';
import {nameTheFile, notForeseen} from '../messages.ts';
import type {Report, RequestProblem, Verb} from '../verb.ts';
import {composeFileFlag} from './deploy.ts';
import {machineFlags, machinesIn} from './machine-flags.ts';

const flags = {...composeFileFlag, ...machineFlags} as const;

export const fit: Verb<typeof flags> = {
	name: 'fit',
	title: 'how many copies of a stack the swarm can take',
	operands: '-c FILE [-c FILE...] [--nodes N --cpus N --memory SIZE]',
	about: 'Asks the scheduler, for the swarm as it is or for one of the machines that the flags describe.',
	flags,
	example: 'fit -c shop.yaml --nodes 5 --cpus 8 --memory 16g',
	words: [],
	asks: '',
	isOnlyPlanned: true,
	read(values, _, io) {
		const files = values['compose-file'] ?? [];
		if (files.length === 0) return failed({status: exitStatus.wrongUse, message: nameTheFile});
		const machines = machinesIn(values);
		if (!machines.ok) return failed({status: exitStatus.wrongUse, message: machines.error});
		const stack = readStackFiles(files, {name: 'fit', variables: io.surroundings.environment, read: io.read});
		if (!stack.ok) return failed({status: exitStatus.failed, message: stack.error});
		const {services} = stack.value;
		const imagined = machines.value;
		const report = (ground: Ground, forecaster: Forecaster) => reportOf(services, ground, forecaster);
		return ok({
			report: ({store, clock, forecaster}) =>
				report({kind: 'live', state: store.getState(), now: clock.now()}, forecaster),
			...(imagined && {
				reportWithoutSwarm: () => {
					const {count, machine} = imagined;
					const nodes = Array.from({length: count}, (_, index) => imaginedNode(`node-${index + 1}`, machine));
					return report({kind: 'imagined', nodes}, sharedForecaster());
				},
			}),
		});
	},
};

async function reportOf(
	services: readonly ServiceSpec[],
	ground: Ground,
	forecaster: Forecaster,
): Promise<Result<Report, RequestProblem>> {
	const found = await fitOf(services, ground, forecaster);
	if (!found) return failed({kind: 'failed', message: notForeseen});
	const title = safe`${toSafeText(services.map(({Name}) => Name.replace(/^fit_/, '')).join(', '))}`;
	return ok({title, lines: found.lines, details: [], changes: false});
}
