import {afterAll, beforeAll, expect, it, vi} from 'vitest';
import {objectOf} from '../../source/cluster/actions/names.ts';
import {createForecaster} from '../../source/cluster/forecast/forecaster.ts';
import type {Actions, Intent, Plan} from '../../source/cluster/intent.ts';
import {createActions} from '../../source/cluster/pipeline/actions.ts';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {createSync} from '../../source/cluster/sync/live-sync.ts';
import type {SwarmClient} from '../../source/engine/client.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import type {Forecast} from '../../source/swarmkit/forecast/input.ts';
import {type Judged, judged} from './support/foresight-log.ts';
import {type Lab, startLab} from './support/lab.ts';
import {observe, type Reading, read} from './support/observed.ts';
import {actionOn, type Draw, drawFrom, servicesFor} from './support/random-services.ts';

/**
 * What plans foretell, held to what becomes of them: random actions on random services. Two groups of nodes have services
 * of their own, so that two actions can be watched at once and neither is in the other's way.
 */

const seed = Number(process.env['SWARMTOP_SEED'] ?? Date.now() % 100_000);
const actionsPerLane = Number(process.env['SWARMTOP_ACTIONS'] ?? 32);
/** New lanes are not begun after that. */
const enoughMs = Number(process.env['SWARMTOP_MINUTES'] ?? 6) * 60_000;
const lanes = {a: ['m1', 'w1', 'w2'], b: ['w3', 'w4', 'w5']} as const;
type Lane = keyof typeof lanes;

let lab: Lab;
let client: SwarmClient;
let store: LiveStore;
let sync: ReturnType<typeof createSync>;
let actions: Actions;
const clock = systemClock({unref: true});

beforeAll(async () => {
	lab = await startLab('lab-fore', 1, 5);
	client = createSwarmClient(lab.endpoint('m1'));
	for (const [lane, nodes] of Object.entries(lanes)) {
		for (const [index, node] of nodes.entries()) {
			const labels = [`lane=${lane}`, `zone=${index === 2 ? 'b' : 'a'}`].flatMap((label) => ['--label-add', label]);
			await lab.docker('m1', 'node', 'update', ...labels, node);
		}
		for (const {name, flags} of servicesFor(drawFrom(seed + lane.charCodeAt(0)))) {
			const common = ['-d', '--name', `${lane}-${name}`, '--constraint', `node.labels.lane==${lane}`];
			const grace = flags.includes('--stop-grace-period') ? [] : ['--stop-grace-period', '1s'];
			await lab.docker('m1', 'service', 'create', ...common, ...grace, ...flags);
		}
	}
	store = new LiveStore({clock});
	sync = createSync({client, store, clock});
	actions = createActions({client, store, sync, clock, isReadOnly: false, forecaster: createForecaster()});
	sync.start();
	sync.show({kind: 'all'});
});
afterAll(async () => {
	try {
		await sync?.stop();
		await client?.close();
	} finally {
		await lab?.down();
	}
});

const servicesOf = (lane: Lane) =>
	[...store.getState().services.values()].filter(({name}) => name.startsWith(`${lane}-`));
const nodesOf = (lane: Lane) =>
	[...store.getState().nodes.values()].filter(({name}) => (lanes[lane] as readonly string[]).includes(name));
/** Their tasks end by themselves, wherever they are. */
const loopingOf = (lane: Lane): ReadonlySet<string> =>
	new Set(servicesOf(lane).flatMap(({id, name}) => (name.endsWith('-loop') ? [id] : [])));

/** The store shows what the engine has: a plan is made of that. */
async function untilSynced(lane: Lane): Promise<Reading> {
	const ids = new Set(servicesOf(lane).map(({id}) => id));
	const looping = loopingOf(lane);
	return await vi.waitFor(
		async () => {
			const now = await read(client, (id) => ids.has(id));
			const {tasks, services} = store.getState();
			const steady = now.tasks.filter(({serviceId}) => !looping.has(serviceId));
			for (const {id, state, desired} of steady) expect(tasks.get(id)).toMatchObject({state, desired});
			for (const {ID, Version} of now.services) {
				if (!looping.has(ID)) expect(services.get(ID)?.version).toBe(Version.Index);
			}
			return now;
		},
		{timeout: 30_000, interval: 300},
	);
}

/** The forecast of what is there now: one that was made before is not taken for it. */
async function planned(intent: Intent): Promise<Plan> {
	const revision = actions.plansRevision;
	actions.plan(intent);
	await vi
		.waitFor(() => expect(actions.plansRevision).toBeGreaterThan(revision), {timeout: 5000})
		.catch(() => undefined);
	return await vi.waitFor(
		() => {
			const plan = actions.plan(intent);
			expect(plan.forecast).not.toBe('pending');
			return plan;
		},
		{timeout: 15_000, interval: 50},
	);
}

async function play(lane: Lane, draw: Draw): Promise<Judged | undefined> {
	const before = await untilSynced(lane);
	const intent = actionOn(servicesOf(lane), nodesOf(lane), draw, store.getState());
	const plan = await planned(intent);
	if (plan.refusal !== undefined || plan.forecast !== 'ready') return undefined;
	const foretold = plan.moves as Forecast;
	const ids = new Set(servicesOf(lane).map(({id}) => id));
	const looping = loopingOf(lane);
	const waitedBefore = new Set(
		before.tasks
			.filter(({state}) => state === 'pending')
			.map(({serviceId, slot, nodeId}) => `${serviceId}/${slot}/${nodeId}`),
	);
	const id = actions.act(plan);
	const progress = () => actions.progress().find((each) => each.id === id);
	const observed = await observe(client, before, {
		isOurs: (id) => ids.has(id),
		looping,
		isSent: () => progress()?.detail !== 'sending',
		leastMs: foretold.starts.length + foretold.stops.length > 0 ? 2500 : 3500,
	});
	const isAboutLoop = looping.has(objectOf(intent));
	const words = `${plan.title} ${'changes' in intent ? JSON.stringify(intent.changes) : ''}`;
	const result = judged({words, foretold, observed, waitedBefore, looping});
	return isAboutLoop ? {...result, time: undefined} : result;
}

it(`comes true, seed ${seed}`, {timeout: enoughMs + 240_000, retry: 0}, async () => {
	const began = Date.now();
	const played: Judged[] = [];
	const playLane = async (lane: Lane): Promise<void> => {
		const draw = drawFrom(seed * 7 + lane.charCodeAt(0));
		const ids = new Set(servicesOf(lane).map(({id}) => id));
		const start = await read(client, (id) => ids.has(id));
		await observe(client, start, {isOurs: (id) => ids.has(id), looping: loopingOf(lane), leastMs: 8000});
		for (let count = 0; count < actionsPerLane && Date.now() - began < enoughMs; ) {
			const result = await play(lane, draw);
			if (!result) continue;
			count++;
			played.push(result);
			const {stops, placements, unplaced, down, time} = result;
			const wrong = Object.entries({stops, placements, unplaced, down, time}).filter(([, words]) => words);
			console.log(
				`${lane} ${count} ${result.words}${wrong.map(([what, words]) => `\n    ${what}: ${words}`).join('')}`,
			);
		}
	};
	await vi.waitFor(() => expect(servicesOf('b').length).toBeGreaterThan(9), {timeout: 30_000});
	await Promise.all([playLane('a'), playLane('b')]);
	const right = (field: 'stops' | 'placements' | 'unplaced' | 'down'): string =>
		`${played.filter((each) => each[field] === '').length}/${played.length}`;
	const timed = played.filter(({time}) => time !== undefined);
	const inTime = timed.filter(({time}) => time === '').length;
	console.log(
		`seed ${seed}: stops ${right('stops')}, placements ${right('placements')}, unplaced ${right('unplaced')}, down ${right('down')}, times ${inTime}/${timed.length}, ${Math.round((Date.now() - began) / 1000)} s`,
	);
	for (const field of ['stops', 'placements', 'unplaced', 'down'] as const)
		expect(played.filter((each) => each[field] !== '').map((each) => `${each.words}: ${each[field]}`)).toEqual([]);
	expect(inTime / timed.length).toBeGreaterThanOrEqual(0.9);
});
