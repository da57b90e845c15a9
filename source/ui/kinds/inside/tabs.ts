/** What the views of one node's inside have in common: they stand beside each other as tabs. */
import type {NodeContents} from '../../../cluster/entities/inside.ts';
import type {ClusterState} from '../../../cluster/model.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {App} from '../../app/capabilities.ts';
import type {KeyBinding, KeyOf} from '../../keys/binding.ts';
import {keysOf} from '../../keys/keys-of.ts';
import type {KindId} from '../kind-id.ts';

const insideTabs = ['containers', 'images', 'node-volumes', 'disk'] as const satisfies readonly KindId[];
export type InsideTab = (typeof insideTabs)[number];

const words: Readonly<Record<InsideTab, string>> = {
	containers: 'containers',
	images: 'images',
	'node-volumes': 'volumes',
	disk: 'disk',
};

export const contentsIn = ({inside}: Pick<ClusterState, 'inside'>): NodeContents | undefined => inside?.contents;

/** `w1: [containers] images volumes disk`. */
export function insideTitle(tab: InsideTab, cluster: ClusterState): SafeText {
	const contents = contentsIn(cluster);
	const tabs = insideTabs.map((each) => toSafeText(each === tab ? `[${words[each]}]` : words[each]));
	return safe`${contents?.nodeName ?? toSafeText('no node')}: ${joinSafe(tabs, ' ')}`;
}

/** What an empty list of it means. */
export function insideNote(tab: InsideTab, cluster: ClusterState, keyOf: KeyOf): string {
	const contents = contentsIn(cluster);
	if (!contents) return `${keyOf('node.inside')} on a node goes into it`;
	if (contents.problem !== '') return contents.problem;
	const list = tab === 'node-volumes' ? contents.volumes : contents[tab];
	return list ? `no ${words[tab]} on ${contents.nodeName}` : `asking ${contents.nodeName}…`;
}

/** The keys that all of them have. */
export function insideKeys(tab: InsideTab): KeyBinding<App>[] {
	const step = (by: 1 | -1) => (app: App) => {
		const index = (insideTabs.indexOf(tab) + by + insideTabs.length) % insideTabs.length;
		app.navigation.show(insideTabs[index] ?? tab);
	};
	return keysOf({scope: tab, group: 'move'}, [
		{
			id: `${tab}.next`,
			keys: ['tab'],
			title: 'Next tab: containers, images, volumes, disk',
			footer: {label: 'tabs', rank: 3},
			run: step(1),
		},
		{id: `${tab}.previous`, keys: ['shift-tab'], title: 'Previous tab', run: step(-1)},
		{
			id: `${tab}.clean-up`,
			keys: ['C'],
			title: 'Clean up this node: shows first what goes and how much comes back',
			footer: {label: 'clean up', rank: 4},
			group: 'act',
			isChange: true,
			run: (app) => app.inside.cleanUpHere(),
		},
	]);
}

/** A list of it; none until it has come. */
export const rowsOf =
	<Row>(pick: (contents: NodeContents) => ReadonlyMap<string, Row>) =>
	(cluster: ClusterState): ReadonlyMap<string, Row> => {
		const contents = contentsIn(cluster);
		return contents ? pick(contents) : (none as ReadonlyMap<string, Row>);
	};

/** One and the same, so that nothing seems to have changed. */
const none: ReadonlyMap<string, unknown> = new Map();
