import {wholeCommand} from '../docker-command/service-command.ts';
import {type Action, verdict} from './action.ts';
import {unlockKey} from './swarm-messages.ts';
import {type SwarmSubject, swarmIn, updateSwarm} from './swarm-subject.ts';

export type RotateKeyIntent = {readonly action: 'swarm.rotate-key'} & SwarmSubject;

/** Makes another key to unlock managers with. */
export const swarmRotateKey: Action<RotateKeyIntent, never> = {
	verb: () => 'Rotate',
	plan: (_, state) =>
		swarmIn(state)?.Spec.EncryptionConfig.AutoLockManagers === false
			? {title: unlockKey.title, refusal: unlockKey.isOff}
			: {title: unlockKey.title, lines: [unlockKey.oldStops, unlockKey.keepOld], consent: {kind: 'dialog'}},
	command: () => wholeCommand('docker', 'swarm', 'unlock-key', '--rotate'),
	send: (_, {client}) => updateSwarm(client, {rotate: {unlockKey: true}}),
	judge: () => verdict('converged', 1, 1, unlockKey.rotated),
};
