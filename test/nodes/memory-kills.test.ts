import {expect, it, vi} from 'vitest';
import type {MemoryKill} from '../../source/cluster/entities/inside.ts';
import {failureReasons} from '../../source/cluster/why/failures.ts';
import {MemoryKills} from '../../source/nodes/memory-kills.ts';
import {NodeEngines} from '../../source/nodes/node-engines.ts';
import {SharedLogins} from '../../source/nodes/shared-logins.ts';
import {Ways} from '../../source/nodes/ways.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {fakeEngine, json, manager} from '../engine/support/fake-engine.ts';
import {task as taskOf} from '../ui/support/entities.ts';

it('is not held up by newer ones on nodes that no way leads to', () => {
	const asked: string[] = [];
	const ask = async (node: {readonly id: string}) => {
		asked.push(node.id);
		return {ok: false, error: {kind: 'not-found'}};
	};
	const killed = (slot: number, nodeId: string) =>
		taskOf('web', slot, nodeId, {
			state: 'failed',
			exitCode: 137,
			containerId: toSafeText(`c${slot}`),
			nodeId,
			since: slot,
		});
	const tasks = [killed(1, 'near'), ...[2, 3, 4, 5].map((slot) => killed(slot, 'far'))];
	const looking = new MemoryKills({ask} as unknown as NodeEngines, () => undefined);
	looking.look(tasks, (id) => (id === 'near' ? {id, hostname: id, address: '', labels: []} : undefined));
	expect(asked).toEqual(['near']);
});

it('asks again where no engine answered, a few times, and comes to the older ones without another change', async () => {
	const asked: string[] = [];
	let kind = 'unreachable';
	const ask = (node: {readonly id: string}) => {
		asked.push(node.id);
		return Promise.resolve({ok: false, error: {kind}});
	};
	const tasks = [1, 2, 3, 4, 5, 6].map((slot) =>
		taskOf('web', slot, 'm1', {
			state: 'failed',
			exitCode: 137,
			containerId: toSafeText(`c${slot}`),
			nodeId: `n${slot}`,
			since: slot,
		}),
	);
	const looking = new MemoryKills({ask} as unknown as NodeEngines, () => undefined);
	const look = async (): Promise<void> => {
		looking.look(tasks, (id) => ({id, hostname: id, address: '', labels: []}));
		await vi.waitFor(() => expect(asked.length % 6).toBe(0));
		await Promise.resolve();
	};
	await look();
	expect(asked).toEqual(['n6', 'n5', 'n4', 'n3', 'n2', 'n1']);
	await look();
	kind = 'not-found';
	await look();
	await look();
	expect(asked).toHaveLength(18);
});

it('asks the node once how a killed program ended, and why says it with time and limit', async () => {
	const at = new Date(2026, 10, 29, 14, 3, 7);
	const state = {Status: 'exited', Running: false, OOMKilled: true, ExitCode: 137, FinishedAt: at.toISOString()};
	const far = await fakeEngine({
		'GET /info': json(manager),
		'GET /containers/c1/json': json({Id: 'c1', Name: '/x', State: state, Config: {}, HostConfig: {Memory: 64 << 20}}),
	});
	const node = {id: 'n1', hostname: 'm1', address: '', labels: []};
	const surroundings = {environment: {}, homeDirectory: '/nonexistent'};
	const ways = new Ways({own: far.endpoint, rules: [], surroundings, logins: new SharedLogins(), clock: systemClock()});
	ways.setOwnNode(node);
	const engines = new NodeEngines({ways, isReadOnly: true, clock: systemClock(), nameOf: () => undefined});
	let kills: ReadonlyMap<string, MemoryKill> = new Map();
	const looking = new MemoryKills(engines, (found) => {
		kills = found;
	});
	const task = taskOf('web', 1, 'm1', {
		state: 'failed',
		exitCode: 137,
		containerId: toSafeText('c1'),
		nodeId: 'n1',
		error: toSafeText('task: non-zero exit (137)'),
	});
	looking.look([task], () => node);
	looking.look([task], () => node);
	await vi.waitFor(() => expect(kills.size).toBe(1), {timeout: 20_000});
	expect(far.seen.filter(({url}) => url.includes('/containers/'))).toHaveLength(1);
	expect(failureReasons([task], Date.now(), kills).join()).toContain(
		'killed by the kernel for memory at 14:03:07 (limit 64MiB)',
	);
	await engines.close();
});
