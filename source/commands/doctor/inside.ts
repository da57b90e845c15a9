import net from 'node:net';
import os from 'node:os';
import type {NodeInside} from '../../cluster/doctor/rule.ts';
import type {ClusterState, NodeEntity} from '../../cluster/model.ts';
import type {Endpoint} from '../../connection/endpoint.ts';
import {sentencesOf} from '../../engine/error.ts';
import type {NodeEngines} from '../../nodes/node-engines.ts';
import {subjectOf} from '../../nodes/subject.ts';
import {ok} from '../../runtime/result.ts';
import {notTriedFromHere} from './messages.ts';

/** What only the nodes themselves know, and whether they answer each other. */

export type Inside = {
	readonly nodes: ReadonlyMap<string, NodeInside>;
	/** What could not be looked at, in sentences. */
	readonly unknown: readonly string[];
};

/** Asks every node that is up for what its engine says of it; a node that no way leads to is told. */
export async function askNodes(state: ClusterState, engines: NodeEngines): Promise<Inside> {
	const nodes = new Map<string, NodeInside>();
	const unknown: string[] = [];
	const ready = [...state.nodes.values()].filter(({state: is}) => is === 'ready');
	await Promise.all(
		ready.map(async ({id, raw}) => {
			const answer = await engines.ask(subjectOf(raw), async (engine) => {
				const [info, disk] = await Promise.all([engine.info(), engine.diskUsage()]);
				if (!info.ok) return info;
				return ok({info: info.value, ...(disk.ok && {disk: disk.value})});
			});
			if (answer.ok) nodes.set(id, answer.value);
			else unknown.push(sentencesOf(answer.error));
		}),
	);
	return {nodes, unknown: unknown.sort()};
}

const patienceMs = 2000;

/** TCP alone: nothing tells whether UDP comes through. */
const portsOf = ({manager}: NodeEntity): number[] => (manager ? [2377, 7946] : [7946]);

/** Only from a manager: what another machine may reach says nothing of what the nodes may. */
export async function tryPorts(state: ClusterState, endpoint: Endpoint): Promise<Inside> {
	const own = state.nodes.get(state.engine?.nodeId ?? '');
	const here = Object.values(os.networkInterfaces()).flatMap((list) => (list ?? []).map(({address}) => address));
	if (endpoint.transport.kind !== 'unix' || !own || !here.includes(addressOf(own)))
		return {nodes: new Map(), unknown: [notTriedFromHere]};
	const others = [...state.nodes.values()].filter((node) => node !== own && node.state === 'ready');
	const nodes = new Map<string, NodeInside>();
	await Promise.all(
		others.map(async (node) => {
			const ports = portsOf(node);
			const isOpen = await Promise.all(ports.map((port) => answers(addressOf(node), port)));
			const closedPorts = ports.filter((_, index) => !isOpen[index]).map((port) => `${port}/tcp`);
			nodes.set(node.id, {closedPorts});
		}),
	);
	return {nodes, unknown: []};
}

const addressOf = ({raw}: NodeEntity): string => subjectOf(raw).address;

function answers(host: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = net.connect({host, port, timeout: patienceMs});
		const end = (isOpen: boolean) => (): void => {
			socket.destroy();
			resolve(isOpen);
		};
		socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
	});
}
