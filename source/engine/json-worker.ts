import {parentPort} from 'node:worker_threads';
import {JsonArrayParser} from './json-scanner.ts';
import {readerOf, type ShapeName} from './shapes.ts';

/**
 * The worker thread's side of json-lists.ts: parses big lists as their bytes come in, and sends their elements back in
 * batches. Each block is answered by one message, which is what holds the sender back.
 */

export type ToJsonWorker =
	| {readonly kind: 'open'; readonly job: number; readonly shape: ShapeName}
	| {readonly kind: 'block'; readonly job: number; readonly bytes: Uint8Array; readonly isLast: boolean}
	| {readonly kind: 'drop'; readonly job: number};

export type FromJsonWorker =
	| {readonly kind: 'batch'; readonly job: number; readonly elements: readonly unknown[]; readonly isLast: boolean}
	| {readonly kind: 'bad'; readonly job: number; readonly reason: string};

type Job = {readonly parser: JsonArrayParser; readonly shape: ShapeName};

const jobs = new Map<number, Job>();

parentPort?.on('message', (message: ToJsonWorker) => {
	if (message.kind === 'open') {
		jobs.set(message.job, {parser: new JsonArrayParser(), shape: message.shape});
		return;
	}
	const job = jobs.get(message.job);
	if (message.kind === 'drop' || !job) jobs.delete(message.job);
	else parentPort?.postMessage(answer(job, message));
});

function answer({parser, shape}: Job, block: Extract<ToJsonWorker, {kind: 'block'}>): FromJsonWorker {
	const {job, isLast} = block;
	try {
		const elements = parser.push(block.bytes).map(readerOf(shape));
		if (isLast) {
			parser.end();
			jobs.delete(job);
		}
		return {kind: 'batch', job, elements, isLast};
	} catch (cause) {
		jobs.delete(job);
		return {kind: 'bad', job, reason: (cause as Error).message};
	}
}
