import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';
import {dockerCli, type Lab, nodesOf, restore} from './lab.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../../..');
const program = path.join(root, 'dist/cli.js');

/**
 * The same lab, simulated: what the dashboard does on a real swarm it must do here, by the very same tests. Asked for with
 * SWARMTOP_LAB=simulator.
 */
export async function startSimulatedLab(name: string, managers: number, workers: number): Promise<Lab> {
	const folder = await mkdtemp(`/tmp/${name}-`);
	const sockets = path.join(folder, 's');
	const fixture = path.join(folder, 'lab.yaml');
	await writeFile(
		fixture,
		`nodes:\n  - {prefix: m, count: ${managers}, role: manager}\n  - {prefix: w, count: ${workers}}\n`,
	);
	const child = spawn(process.execPath, [program, 'simulate', fixture, '--sockets', sockets], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let printed = '';
	for await (const chunk of child.stdout) {
		printed += String(chunk);
		if (/^ready/m.test(printed)) break;
	}
	const socket = (node: string) => `${sockets}/${node}/docker.sock`;
	const lab: Lab = {
		name,
		socket,
		endpoint: (node) => unixEndpoint(socket(node)),
		docker: (node, ...args) => dockerCli(socket(node), args),
		act: async (...args) => {
			await run(process.execPath, [program, 'simulate', 'fault', ...args, '--sockets', sockets]);
		},
		restore: () => restore(lab, nodesOf(managers, workers)),
		async down() {
			if (child.exitCode === null) {
				child.kill('SIGTERM');
				await once(child, 'exit');
			}
			await rm(folder, {recursive: true, force: true});
		},
	};
	return lab;
}
