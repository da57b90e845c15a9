/** The keys for the swarm itself. All but the first are in its menu and in the palette, where nobody types them by mistake. */
import type {SafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {type KeyEntry, keysOf} from './keys-of.ts';

const isMember = (app: App): true | SafeText => app.swarm.isMember;

const change = (
	id: string,
	title: string,
	run: KeyEntry['run'],
	enabled: KeyEntry['enabled'] = isMember,
): KeyEntry => ({
	id,
	keys: [],
	title,
	isChange: true,
	enabled,
	run,
});

export const swarmKeys: readonly KeyBinding<App>[] = [
	...keysOf({scope: 'guide', group: 'act'}, [
		{
			id: 'swarm.menu',
			keys: ['f6'],
			title: 'Swarm: begin or join one, unlock, tokens, keys, settings, leave',
			run: (app) => app.swarm.openMenu(),
		},
	]),
	...keysOf({scope: 'everywhere', group: 'act'}, [
		change('swarm.init', 'Begin a swarm on this engine (docker swarm init)', (app) => app.swarm.begin(), outside),
		change('swarm.join', 'Let this engine join a swarm (docker swarm join)', (app) => app.swarm.join(), outside),
		change(
			'swarm.unlock',
			'Unlock this manager with the unlock key',
			(app) => app.swarm.unlock(),
			(app) => app.swarm.isLocked,
		),
		change(
			'swarm.leave',
			'Leave: take this engine out of its swarm',
			(app) => app.swarm.leave(),
			() => true,
		),
		{
			id: 'swarm.tokens',
			keys: [],
			title: 'Join tokens: the lines for a worker and a manager',
			enabled: isMember,
			run: (app) => app.swarm.showTokens(),
		},
		change('swarm.rotate-worker', 'Rotate the join token for workers', (app) => app.swarm.rotateToken('worker')),
		change('swarm.rotate-manager', 'Rotate the join token for managers', (app) => app.swarm.rotateToken('manager')),
		change('swarm.add', 'Add a node: let a machine join to whose engine a way leads', (app) => app.swarm.addNode()),
		{
			id: 'swarm.unlock-key',
			keys: [],
			title: 'Unlock key of the managers',
			enabled: isMember,
			run: (app) => app.swarm.showUnlockKey(),
		},
		change('swarm.autolock', 'Autolock: lock managers when their engine restarts, or no more', (app) =>
			app.swarm.toggleAutolock(),
		),
		change('swarm.certificates', 'Rotate the root certificate of the swarm', (app) => app.swarm.rotateCertificates()),
		change('swarm.edit', "The swarm's settings as YAML in $EDITOR: history, heartbeat, certificates", (app) =>
			app.swarm.editSettings(),
		),
	]),
];

function outside(app: App): true | SafeText {
	return app.swarm.isOutside;
}
