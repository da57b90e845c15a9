import {ok} from '../../runtime/result.ts';
import {wholeCommand} from '../docker-command/service-command.ts';
import {type Action, verdict} from './action.ts';
import {autolock} from './swarm-messages.ts';
import {type SwarmSubject, swarmIn, theSwarm, updateSwarm} from './swarm-subject.ts';

export type AutolockIntent = {readonly action: 'swarm.autolock'; readonly isOn: boolean} & SwarmSubject;

/** Whether managers lock themselves when their engine restarts. */
export const swarmAutolock: Action<AutolockIntent> = {
	verb: ({isOn}) => (isOn ? 'Turn on' : 'Turn off'),
	plan({isOn}, state) {
		const title = autolock.title(isOn);
		if (swarmIn(state)?.Spec.EncryptionConfig.AutoLockManagers === isOn)
			return {title, refusal: autolock.already(isOn)};
		return {
			title,
			lines: isOn ? autolock.on : autolock.off,
			consent: {kind: 'dialog'},
			undo: {action: 'swarm.autolock', ...theSwarm, isOn: !isOn},
		};
	},
	command: ({isOn}) => wholeCommand('docker', 'swarm', 'update', `--autolock=${isOn}`),
	send: ({isOn}, {client}) =>
		updateSwarm(client, {change: (spec) => ok({...spec, EncryptionConfig: {AutoLockManagers: isOn}})}),
	judge: ({intent: {isOn}}) => verdict('converged', 1, 1, isOn ? autolock.isOn : autolock.isOff),
	settles: 'settings',
};
