/** What can be broken in a simulated swarm, and mended: each with its words for people and what there is to see then. */
import type {ClusterState} from '../../cluster/model.ts';
import {isReachable, majorityOf, managersOf} from '../../cluster/quorum.ts';
import type {SafeText} from '../../text/safe-text.ts';

/** What kind of thing a fault is done to. */
export type FaultTarget = 'task' | 'node' | 'nothing';

/** One thing that a fault can be done to. */
export type FaultVictim = {
	readonly name: SafeText;
	/** What the simulator knows it by. */
	readonly word: string;
};

export type FaultEntry = {
	/** The key that chooses it in the menu. */
	readonly key: string;
	/** What `swarmtop simulate fault` calls it; the palette takes it as a command. */
	readonly action: string;
	readonly of: FaultTarget;
	/** `Stop a node`. */
	readonly label: string;
	/** What it means. */
	readonly detail: string;
	/** What it is done to is put before: `w1 is stopped: …`. */
	readonly done: string;
};

export const faultEntries: readonly FaultEntry[] = [
	{
		key: 'k',
		action: 'kill',
		of: 'task',
		label: 'Kill a task',
		detail: 'its container dies; another task takes its slot',
		done: 'is killed. Watch its slot: another task takes it.',
	},
	{
		key: 's',
		action: 'stop',
		of: 'node',
		label: 'Stop a node',
		detail: 'its engine ends; its tasks start elsewhere',
		done: 'is stopped. It is told down in a few seconds, then its tasks are started elsewhere.',
	},
	{
		key: 'b',
		action: 'start',
		of: 'node',
		label: 'Bring a node back',
		detail: 'after a stop; nothing moves back by itself',
		done: 'is started. It takes new tasks; what moved away stays where it is.',
	},
	{
		key: 'c',
		action: 'cut',
		of: 'node',
		label: 'Cut a node off',
		detail: 'its network cable is out; its containers run on',
		done: 'is cut off. The managers take it for down; its own containers run on.',
	},
	{
		key: 'h',
		action: 'heal',
		of: 'node',
		label: 'Plug it in again',
		detail: 'after a cut or a split',
		done: 'is on the network again.',
	},
	{
		key: 'f',
		action: 'freeze',
		of: 'node',
		label: 'Freeze a node',
		detail: 'its engine hangs; its containers run on',
		done: 'is frozen. Its engine answers nothing; its containers run on.',
	},
	{
		key: 't',
		action: 'thaw',
		of: 'node',
		label: 'Thaw it',
		detail: 'after a freeze',
		done: 'is thawed.',
	},
	{
		key: 'n',
		action: 'split',
		of: 'nothing',
		label: 'Split the network',
		detail: 'some managers and half the workers are cut off',
		done: 'are on the other side. The larger part of the managers goes on.',
	},
	{
		key: 'd',
		action: 'registry-down',
		of: 'nothing',
		label: 'Registry down',
		detail: 'no image can be pulled',
		done: 'The registry is down: nothing can be pulled.',
	},
	{
		key: 'u',
		action: 'registry-up',
		of: 'nothing',
		label: 'Registry up',
		detail: 'images can be pulled again',
		done: 'The registry is up again.',
	},
	{
		key: 'a',
		action: 'repair',
		of: 'nothing',
		label: 'Repair all',
		detail: 'engines run, cables are in, the registry is up',
		done: 'Everything is repaired. The swarm recovers by itself.',
	},
];

/**
 * The names of the nodes on the smaller side of a split: as many managers as can be lost, and every second worker. Never
 * the one that is asked, so that the screen stays on the side that goes on.
 */
export function smallerSide({nodes, engine}: Pick<ClusterState, 'nodes' | 'engine'>): readonly string[] {
	const managers = managersOf(nodes.values()).filter(isReachable);
	const spare = Math.max(0, managers.length - majorityOf(managersOf(nodes.values()).length));
	const others = managers.filter(({id}) => id !== engine?.nodeId);
	const lost = others.slice(others.length - Math.min(spare, others.length));
	const workers = [...nodes.values()].filter(({role}) => role === 'worker').filter((_, index) => index % 2 === 1);
	return [...lost, ...workers].map(({hostname}) => hostname);
}
