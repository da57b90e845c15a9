import type {NodeRole} from '../../wire/node.ts';
import {wholeCommand} from '../docker-command/service-command.ts';
import {type Action, verdict} from './action.ts';
import {tokens} from './swarm-messages.ts';
import {type SwarmSubject, updateSwarm} from './swarm-subject.ts';

export type RotateTokenIntent = {readonly action: 'swarm.rotate-token'; readonly role: NodeRole} & SwarmSubject;

/** Makes another token to join with: the present one lets nobody in any more. */
export const swarmRotateToken: Action<RotateTokenIntent, never> = {
	verb: () => 'Rotate',
	plan: ({role}) => ({
		title: tokens.title(role),
		lines: [tokens.oldStops(role), tokens.membersStay, tokens.otherStays(role === 'worker' ? 'manager' : 'worker')],
		consent: {kind: 'dialog'},
	}),
	command: ({role}) => wholeCommand('docker', 'swarm', 'join-token', '--rotate', role),
	send: ({role}, {client}) =>
		updateSwarm(client, {rotate: role === 'worker' ? {workerToken: true} : {managerToken: true}}),
	judge: () => verdict('converged', 1, 1, tokens.rotated),
};
