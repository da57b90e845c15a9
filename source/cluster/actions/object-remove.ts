import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {Result} from '../../runtime/result.ts';
import {safe} from '../../text/safe-text.ts';
import {objectWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import {line} from '../plan-line.ts';
import {type Action, verdict} from './action.ts';
import {objectName} from './names.ts';
import {unversioned} from './write.ts';

export type RemoveObjectIntent = {
	readonly action: 'object.remove';
	readonly objectId: string;
	readonly kind: 'network' | 'secret' | 'config';
	readonly name: string;
};

/** Removes a network, a secret or a config. */
export const objectRemove: Action<RemoveObjectIntent, never> = {
	verb: () => 'Remove',
	plan(intent, state) {
		const name = objectName(intent, state);
		return {
			title: safe`Remove ${name}`,
			lines: [line('warning', safe`The ${name} is gone afterwards, with what it holds.`)],
			consent: {kind: 'dialog'},
		};
	},
	command: ({kind, objectId, name}) => wholeCommand('docker', kind, 'rm', ...operands(objectWord(objectId, name))),
	send: async (intent, {client}) => unversioned(await remove(client, intent)),
	// What has been in use until a moment ago may still be held by tasks that are being cleared away.
	isTemporary: ({engineMessage}) => engineMessage?.includes('in use') ?? false,
	judge: () => verdict('converged', 1, 1, safe`removed`),
};

function remove(client: SwarmClient, {kind, objectId}: RemoveObjectIntent): Promise<Result<unknown, EngineError>> {
	switch (kind) {
		case 'network':
			return client.removeNetwork(objectId);
		case 'secret':
			return client.removeSecret(objectId);
		case 'config':
			return client.removeConfig(objectId);
		default:
			return kind satisfies never;
	}
}
