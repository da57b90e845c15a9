import {nodesAdded, nodesDown, type WhatIf} from '../../../cluster/forecast/what-if.ts';
import {failed, ok, type Result} from '../../../runtime/result.ts';
import {exitStatus} from '../../open-client.ts';
import {findAll, findNode} from '../find.ts';
import {machineNeeds, nameOne} from '../messages.ts';
import type {Refusal} from '../session.ts';
import type {ReadVerb, Report, Verb} from '../verb.ts';
import {machineFlags, machinesIn} from './machine-flags.ts';

/** What may happen to a swarm: a node goes down, another joins. */

const wrongUse = (message: string): Result<ReadVerb, Refusal> => failed({status: exitStatus.wrongUse, message});

const reportOf = ({movesAnything, ...report}: WhatIf): Report => ({...report, changes: movesAnything});

export const nodeDown: Verb = {
	name: 'node-down',
	title: 'what happens when a node goes down',
	operands: 'NODE...',
	about: 'Says which tasks move where, what can no longer be placed, and whether the quorum holds.',
	flags: {},
	example: 'node-down w1',
	words: [{kind: 'live', list: 'nodes'}],
	asks: '',
	isOnlyPlanned: true,
	read(_, words) {
		if (words.length === 0) return wrongUse(nameOne('nodes', 'NODE...'));
		return ok({
			async report({store, clock, forecaster}) {
				const state = store.getState();
				const nodes = findAll(words, (word) => findNode(word, state));
				if (!nodes.ok) return failed({kind: 'failed', message: nodes.error});
				return ok(reportOf(await nodesDown(nodes.value, {state, forecaster, now: clock.now()})));
			},
		});
	},
};

export const nodeAdd: Verb<typeof machineFlags> = {
	name: 'node-add',
	title: 'what happens when a node joins',
	operands: '--cpus N --memory SIZE [--label KEY=VALUE...]',
	about: 'Says what would then find a place. Nothing that runs moves to a new node by itself.',
	flags: machineFlags,
	example: 'node-add --cpus 4 --memory 8g --label zone=b',
	words: [],
	asks: '',
	isOnlyPlanned: true,
	read(flags) {
		const machines = machinesIn(flags);
		if (!machines.ok) return wrongUse(machines.error);
		if (!machines.value) return wrongUse(machineNeeds);
		const {count, machine} = machines.value;
		return ok({
			async report({store, clock, forecaster}) {
				const sources = {state: store.getState(), forecaster, now: clock.now()};
				return ok(reportOf(await nodesAdded(count, machine, sources)));
			},
		});
	},
};
