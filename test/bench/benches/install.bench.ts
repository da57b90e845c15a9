/** What `npm run dist` has made for this machine: its size, and how long it takes to say its version. */
import {execFileSync} from 'node:child_process';
import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import packageJson from '../../../package.json' with {type: 'json'};
import type {Bench} from '../bench.ts';
import {percentile} from '../dashboard-on-simulator.ts';

const starts = 7;
const release = path.resolve(import.meta.dirname, '../../../release');
const executable = path.join(release, `swarmtop-${packageJson.version}-linux-${process.arch}`);

export const bench: Bench = {
	name: 'install',
	async run() {
		if (!existsSync(executable)) return {skipped: `there is no ${executable}: npm run dist first`};
		const times = Array.from({length: starts}, () => {
			const startedAt = performance.now();
			execFileSync(executable, ['--version']);
			return performance.now() - startedAt;
		});
		const megabytes = ['.gz', '-portable.tar.gz'].map((end) => statSync(`${executable}${end}`).size / 1e6);
		return [
			{budget: 'install.start', value: percentile(times, 0.5), note: `median of ${starts} starts`},
			{budget: 'install.download', value: Math.max(...megabytes), note: 'the biggest that install.sh takes'},
		];
	},
};
