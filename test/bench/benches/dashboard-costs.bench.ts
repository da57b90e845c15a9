/** What the dashboard costs on a swarm of 1,000 nodes, 10,000 services and 100,000 tasks, beside docker's own list. */
import {setTimeout as delay} from 'node:timers/promises';
import type {PtyScreen} from '../../screens/support/pty-screen.ts';
import type {Bench, Measurement} from '../bench.ts';
import {openDashboard, percentile} from '../dashboard-on-simulator.ts';
import {cpuSeconds, peakOf, runMeasured} from '../measured-process.ts';
import {bytesOf, mostAsked, type RecordedEngine, startRecordedEngine} from '../recorded-engine/recorded-engine.ts';

const starts = 3;
const minuteMs = 60_000;
const keys = 60;
/** As fast as a held key repeats; nothing is asked for on the way. */
const heldKeyMs = 50;
const lookEveryMs = 50;

export const bench: Bench = {
	name: 'dashboard costs',
	async run() {
		await using engine = await startRecordedEngine();
		const started = await measureStarts(engine);
		await engine.reset();
		await using screen = openDashboard(engine.socket);
		const startedAt = performance.now();
		await servicesShown(screen);
		const until = await engine.asked();
		await delay(startedAt + minuteMs - performance.now());
		const minute = await engine.asked();
		const idle = await measureIdle(engine, screen);
		const four = await measureKeys(engine, screen, 2, 'four panes');
		await screen.press('z');
		const zoomed = await measureKeys(engine, screen, keys + 2, 'zoomed');
		return [
			...started,
			{budget: 'costs.startBytes', value: bytesOf(until) / 1e6, note: mostAsked(until, 2)},
			{budget: 'costs.minuteBytes', value: bytesOf(minute) / 1e6, note: mostAsked(minute)},
			...idle,
			{budget: 'costs.keyMedian', value: four.median, note: four.note},
			{budget: 'costs.keyP95', value: four.p95},
			{budget: 'costs.keyCpu', value: four.cpuMs},
			{budget: 'costs.zoomedKeyMedian', value: zoomed.median, note: zoomed.note},
			{budget: 'costs.zoomedKeyP95', value: zoomed.p95},
			{budget: 'costs.keyBytes', value: Math.max(four.bytes, zoomed.bytes) / 1e6},
			{budget: 'costs.memory', value: peakOf(screen.pid), note: 'the four panes and the zoomed list'},
		];
	},
};

async function servicesShown(screen: PtyScreen): Promise<void> {
	await screen.waitFor(/2 services 10,000[\s\S]*● \S+ .* \d+\/\d+/, {deadlineMs: 120_000});
}

/** The two take turns, so that what else goes on slows both of them. */
async function measureStarts({socket}: RecordedEngine): Promise<Measurement[]> {
	const ours: number[] = [];
	const theirs: number[] = [];
	for (let round = 0; round < starts; round++) {
		theirs.push((await runMeasured('docker', ['-H', `unix://${socket}`, 'service', 'ls'])).wallMs);
		const startedAt = performance.now();
		await using screen = openDashboard(socket);
		await servicesShown(screen);
		ours.push(performance.now() - startedAt);
	}
	const [our, their] = [percentile(ours, 0.5), percentile(theirs, 0.5)];
	const note = `${our.toFixed(0)} ms; docker ${their.toFixed(0)} ms`;
	return [{budget: 'costs.start', value: (100 * our) / their, note}];
}

async function measureIdle(engine: RecordedEngine, {pid}: PtyScreen): Promise<Measurement[]> {
	await engine.reset();
	const cpuBefore = await cpuSeconds(pid);
	await delay(minuteMs);
	const cpu = (await cpuSeconds(pid)) - cpuBefore;
	const asked = await engine.asked();
	return [
		{budget: 'costs.idleCpu', value: (100 * cpu * 1000) / minuteMs},
		{budget: 'costs.idleBytes', value: bytesOf(asked) / 1e6, note: mostAsked(asked)},
	];
}

/** The cursor stands there, and what is asked for because of it has been answered. */
async function restsOn(engine: RecordedEngine, screen: PtyScreen, place: number): Promise<void> {
	await screen.waitFor(new RegExp(` ${place}/10,000`));
	await engine.reset();
	const isAnswered = async (): Promise<boolean> => {
		const tasks = (await engine.asked())['GET /tasks service=1'];
		return tasks !== undefined && tasks.requests > 0 && tasks.open === 0;
	};
	while (!(await isAnswered())) await delay(lookEveryMs);
}

type Keys = {median: number; p95: number; cpuMs: number; bytes: number; note: string};

async function measureKeys(engine: RecordedEngine, screen: PtyScreen, first: number, note: string): Promise<Keys> {
	await restsOn(engine, screen, first - 1);
	await engine.reset();
	const cpuBefore = await cpuSeconds(screen.pid);
	const times: number[] = [];
	for (let press = 0; press < keys; press++) {
		await delay(heldKeyMs);
		const place = new RegExp(` ${first + press}/10,000`);
		const pressedAt = performance.now();
		await screen.press('j');
		await screen.waitFor(place);
		times.push(performance.now() - pressedAt);
	}
	const cpuMs = (1000 * ((await cpuSeconds(screen.pid)) - cpuBefore)) / keys;
	const bytes = bytesOf(await engine.asked());
	return {median: percentile(times, 0.5), p95: percentile(times, 0.95), cpuMs, bytes, note};
}
