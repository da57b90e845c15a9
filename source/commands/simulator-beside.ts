/** Whether an engine is one of a simulator that runs in another process: beside its sockets lies the one that controls it. */
import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import type {Endpoint} from '../connection/endpoint.ts';
import {failed, ok} from '../runtime/result.ts';
import {controlSocketName, sendControl} from '../simulator/world/control-socket.ts';
import type {SimulatedSwarm} from '../ui/simulator/simulated-swarm.ts';

/** `DIR/NODE/docker.sock`, as `swarmtop simulate --sockets DIR` lays them out; undefined for every other engine. */
export function simulatorBeside({transport}: Endpoint): SimulatedSwarm | undefined {
	if (transport.kind !== 'unix') return undefined;
	const own = path.basename(path.dirname(transport.path));
	const folder = path.dirname(path.dirname(transport.path));
	const control = path.join(folder, controlSocketName);
	if (!existsSync(control)) return undefined;
	return {
		hosts: () =>
			readdirSync(folder, {withFileTypes: true})
				.filter((entry) => entry.isDirectory())
				.map(({name}) => ({name, dockerHost: `unix://${path.join(folder, name, 'docker.sock')}`}))
				.sort((a, b) => Number(b.name === own) - Number(a.name === own)),
		async fault(words) {
			try {
				const answer = await sendControl(control, words);
				return answer.ok ? ok(undefined) : failed(answer.message);
			} catch (error) {
				if (!(error instanceof Error)) throw error;
				return failed(`The simulator with its sockets in ${folder} does not answer: ${error.message}.`);
			}
		},
	};
}
