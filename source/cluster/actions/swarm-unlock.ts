import {wholeCommand} from '../docker-command/service-command.ts';
import {type Action, verdict} from './action.ts';
import {unlock} from './swarm-messages.ts';
import {engineName, type SwarmSubject} from './swarm-subject.ts';
import {unversioned} from './write.ts';

/** The key is sent, and told nobody. */
export type UnlockSwarmIntent = {readonly action: 'swarm.unlock'; readonly key: string} & SwarmSubject;

/** Opens a manager that waits for its key after a restart. */
export const swarmUnlock: Action<UnlockSwarmIntent, never> = {
	verb: () => 'Unlock',
	plan({key}, state) {
		const {connection} = state;
		const title = unlock.title(engineName(state));
		if (connection.state === 'lost' && connection.reason !== 'locked') return {title, refusal: unlock.notLocked};
		if (connection.state === 'connected') return {title, refusal: unlock.notLocked};
		return key === '' ? {title, refusal: unlock.noKey} : {title};
	},
	command: () => ({...wholeCommand('docker', 'swarm', 'unlock'), note: unlock.asksKey}),
	send: async ({key}, {client}) => unversioned(await client.membership.unlock(key)),
	judge: (_, {connection}) =>
		connection.state === 'connected'
			? verdict('converged', 1, 1, unlock.unlocked)
			: verdict('running', 0, 1, unlock.unlocking),
	audited: ({key: _, ...rest}) => rest,
};
