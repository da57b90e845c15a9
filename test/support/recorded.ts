import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {SwarmNode} from '../../source/wire/node.ts';
import type {Service} from '../../source/wire/service.ts';
import type {Task} from '../../source/wire/task.ts';

const folder = path.resolve(import.meta.dirname, '../../fixtures/recorded/swarm');
const read = (name: string) => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));

/**
 * What a 26.1 engine answered, unedited. calm: 5 nodes, every mode, all well. trouble: services that fail in 21 ways.
 * node-down: a worker is gone, its tasks still "running". update-paused: an update that failed.
 */
export function recordedSwarm(name: 'calm' | 'trouble' | 'node-down' | 'update-paused'): {
	nodes: SwarmNode[];
	services: Service[];
	tasks: Task[];
} {
	return read(name);
}
