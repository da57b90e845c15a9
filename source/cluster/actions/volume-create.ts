import type {VolumeCreateRequest} from '../../engine/client.ts';
import {ok} from '../../runtime/result.ts';
import {volumeCommand} from '../docker-command/object-command.ts';
import {type Action, verdict} from './action.ts';
import {object} from './messages.ts';
import {objectName} from './names.ts';
import type {RemoveVolumeIntent} from './volume-remove.ts';

/** On the engine that is asked alone. */
export type CreateVolumeIntent = {
	readonly action: 'volume.create';
	/** Under a `newId`. */
	readonly objectId: string;
	readonly kind: 'volume';
	readonly request: VolumeCreateRequest;
};

/** Makes a volume on the connected engine. */
export const volumeCreate: Action<CreateVolumeIntent, RemoveVolumeIntent> = {
	verb: () => 'Create',
	plan(intent, state, {isPart = false}) {
		const {objectId, request} = intent;
		const title = object.create(objectName(intent, state));
		return {
			title,
			lines: [object.onThisEngine(state.engine?.name)],
			consent: {kind: 'dialog'},
			undo: isPart ? undefined : {action: 'volume.remove', objectId, kind: 'volume', name: request.Name},
		};
	},
	command: ({request}) => volumeCommand(request),
	async send({request}, {client}) {
		const made = await client.createVolume(request);
		// Volumes have no ID but their name.
		return made.ok ? ok({version: 0, createdId: request.Name}) : made;
	},
	judge: () => verdict('converged', 1, 1, object.created),
};
