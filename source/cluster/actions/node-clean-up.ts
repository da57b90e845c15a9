import type {Prunable} from '../../engine/node-engine.ts';
import {failed, ok} from '../../runtime/result.ts';
import {wholeCommand} from '../docker-command/service-command.ts';
import type {Unused} from '../entities/unused.ts';
import type {ClusterState, NodeEntity} from '../model.ts';
import {type Action, type Draft, verdict} from './action.ts';
import {clean} from './clean-up-messages.ts';
import {gone} from './messages.ts';
import {nodeName} from './names.ts';

/** Removes from one node what nothing there uses: asked of the node's own engine. */
export type CleanUpIntent = {
	readonly action: 'node.clean-up';
	readonly nodeId: string;
	readonly what: Prunable;
	/** As it was found when the plan was asked for. */
	readonly found: Unused;
	/** Where the docker CLI reaches that engine; '' for the one that is asked anyway. */
	readonly host: string;
};

export const nodeCleanUp: Action<CleanUpIntent, never> = {
	verb: () => 'Clean up',
	plan,
	command: ({nodeId, what, host}, {nodes}) =>
		wholeCommand('docker', ...(host === '' ? [] : ['-H', host]), ...wordsOf(what, nodes.get(nodeId))),
	summary: ({nodeId, what, found}, state) => clean.summary(nodeName(nodeId, state), what, found),
	async send({nodeId, what}, {nodes}) {
		if (!nodes) return failed(clean.noWays());
		const pruned = await nodes.prune(nodeId, what);
		return pruned.ok ? ok({version: 0, outcome: clean.outcome(pruned.value)}) : pruned;
	},
	judge: ({outcome}) => verdict('converged', 1, 1, outcome ?? clean.done),
};

const commands: Readonly<Record<Prunable, readonly string[]>> = {
	containers: ['container', 'prune', '--force'],
	'dangling-images': ['image', 'prune', '--force'],
	'unused-images': ['image', 'prune', '--all', '--force'],
	'build-cache': ['builder', 'prune', '--all', '--force'],
	volumes: ['volume', 'prune', '--all', '--force'],
};

/** Before this version the engine removes volumes with a name without being told, and docker refuses `--all`. */
const namedVolumesSince = 23;

function wordsOf(what: Prunable, node: NodeEntity | undefined): readonly string[] {
	const major = Number.parseInt(node?.engineVersion ?? '', 10);
	return what === 'volumes' && major < namedVolumesSince
		? commands.volumes.filter((word) => word !== '--all')
		: commands[what];
}

function plan({nodeId, what, found}: CleanUpIntent, {nodes}: ClusterState): Draft<never> {
	const node = nodes.get(nodeId);
	if (!node) return {title: clean.title(nodeId, what), refusal: gone.node(nodeName(nodeId, {nodes}))};
	const title = clean.title(node.name, what);
	if (found.count === 0) return {title, refusal: clean.nothing(node.name, what)};
	return {
		title,
		lines: [clean.goes(node.name, what, found), ...clean.consequences[what]],
		// What is in a volume is nowhere else.
		consent: what === 'volumes' ? {kind: 'typed', word: node.name} : {kind: 'dialog'},
	};
}
