/** What can be done about the swarm as things stand: one entry each, the likeliest first. */
import {engineName} from '../../cluster/actions/swarm-subject.ts';
import type {ClusterState} from '../../cluster/model.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {Choice, ChooserSpec} from '../app/overlay.ts';
import {entry, menu, replacement} from './messages.ts';
import type {SwarmControls} from './swarm-controls.ts';

/** @param showLines what the docker CLI is typed, where the engines are simulated ones; undefined while nothing is known */
export function menuOf(
	cluster: ClusterState,
	swarm: SwarmControls,
	showLines: (() => void) | undefined,
): ChooserSpec | undefined {
	const {connection} = cluster;
	const engine = engineName(cluster);
	if (connection.state === 'connecting') return undefined;
	if (connection.state === 'connected') return {title: menu.member, choices: forMembers(swarm)};
	const leave = item('l', entry.leave, () => swarm.leave());
	const {reason} = connection;
	const holds = ({connection: now}: ClusterState): boolean => now.state === 'lost' && now.reason === reason;
	switch (reason) {
		case 'not-in-swarm':
			return {
				holds,
				title: menu.inactive(engine),
				choices: [
					item('i', entry.begin, () => swarm.begin()),
					item('j', entry.join, () => swarm.join()),
					...(showLines ? [item('d', entry.lines, showLines)] : []),
				],
			};
		case 'locked':
			return {holds, title: menu.locked(engine), choices: [item('u', entry.unlock, () => swarm.unlock()), leave]};
		case 'pending':
			return {holds, title: menu.pending(engine), choices: [leave]};
		case 'expired':
			return {holds, title: menu.expired(engine), lines: [{tone: 'warning', text: menu.expiredHelp}], choices: [leave]};
		case 'worker':
			return {holds, title: menu.worker(engine), choices: [leave]};
		case 'no-leader':
			return {
				holds,
				title: menu.leaderless,
				lines: [{tone: 'danger', text: replacement.noQuorum(engine)}],
				choices: [leave],
			};
		default:
			return undefined;
	}
}

const forMembers = (swarm: SwarmControls): readonly Choice[] => [
	item('t', entry.tokens, () => swarm.showTokens()),
	item('n', entry.addNode, () => swarm.addNode()),
	item('s', entry.settings, () => swarm.editSettings()),
	item('k', entry.unlockKey, () => swarm.showUnlockKey()),
	item('a', entry.autolock, () => swarm.toggleAutolock()),
	item('c', entry.certificates, () => swarm.rotateCertificates()),
	item('l', entry.leave, () => swarm.leave()),
];

type Words = {readonly label: SafeText; readonly detail: SafeText};

const item = (key: string, words: Words, run: () => void): Choice => ({key, ...words, isPresent: false, run});
