/** The key that makes something new. */
import {readOnly} from '../../cluster/pipeline/messages.ts';
import {safe} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from '../keys/binding.ts';
import {keysOf} from '../keys/keys-of.ts';
import type {KindId} from '../kinds/kind-id.ts';

/** @param of what one of them is called: `secret` */
export function createKey(kind: KindId, of: string, title: string, open: (app: App) => void): KeyBinding<App>[] {
	return keysOf({scope: kind, group: 'act'}, [
		{
			id: `${of}.create`,
			keys: ['n'],
			title,
			footer: {label: 'new', rank: 8},
			isChange: true,
			enabled(app) {
				if (app.isReadOnly) return readOnly;
				const {connection} = app.cluster;
				return connection.state === 'lost' ? safe`Nothing can be changed now: ${connection.problem}` : true;
			},
			run: open,
		},
	]);
}
