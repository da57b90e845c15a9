import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';
import {NotesReporter} from './test/support/notes-reporter.ts';

/** A gate must not close because a machine of two cores had a bad moment; by hand a failure shows at once. */
const retry = process.env['CI'] ? 2 : 0;

const inFolder = (folder: string): string => `test/${folder}/**/*.test.{ts,tsx}`;

/** Folders whose tests leave nothing behind in their process: their files share it, and so import what they need once. */
const shared = [
	'cases',
	'cluster',
	'compose',
	'config',
	'connection',
	'logs',
	'nodes',
	'runtime',
	'simulator',
	'swarmkit',
	'text',
].map(inFolder);

/** The same for those that mount the screen or run a command: other modules, so another process. */
const onScreen = ['commands', 'screens', 'ui', 'wire'].map(inFolder);

/** Ink asks the terminal for its size by spawning tput unless these are set (docs/decisions). */
const env = {COLUMNS: '100', LINES: '24', FORCE_COLOR: '1'};

/** Longer than any wait inside a test, which says better what was missing. */
const testTimeout = 60_000;

/**
 * Most of a test's time is waiting: for an engine, a terminal, a swarm that converges. One worker more than there are cores
 * keeps those busy; Vitest's own default, one less, leaves a machine of two cores idle for half of the time.
 */
const maxWorkers = availableParallelism() + 1;

/**
 * Seven suites: the three `unit…` are everything that needs no real engine, `lab` drives the real swarm (root and docker.io needed),
 * `docker-cli` holds what is shown against the docker CLI on the simulator, `ways` installs
 * and plays what `npm run dist` makes in bare systems, `layers` holds the import directions of docs/architecture.md.
 */
export default defineConfig({
	test: {
		maxWorkers,
		reporters: ['default', new NotesReporter()],
		projects: [
			{test: {name: 'unit', retry, include: onScreen, isolate: false, env, testTimeout}},
			{test: {name: 'unit-shared', retry, include: shared, isolate: false, env, testTimeout}},
			{
				test: {
					name: 'unit-alone',
					retry,
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: [
						'test/lab/**',
						'test/docker-cli/**',
						'test/install/ways.test.ts',
						'test/layers.test.ts',
						...shared,
						...onScreen,
					],
					env,
					testTimeout,
				},
			},
			{
				test: {
					name: 'lab',
					retry,
					include: ['test/lab/**/*.test.{ts,tsx}'],
					fileParallelism: false,
					testTimeout: 240_000,
					hookTimeout: 600_000,
				},
			},
			{test: {name: 'docker-cli', include: ['test/docker-cli/**/*.test.ts'], testTimeout: 300_000}},
			{
				test: {
					name: 'ways',
					include: ['test/install/ways.test.ts'],
					env,
					testTimeout: 240_000,
					hookTimeout: 60_000,
				},
			},
			{test: {name: 'layers', include: ['test/layers.test.ts']}},
		],
	},
});
