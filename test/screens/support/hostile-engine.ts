/** A simulated engine that means harm: whatever people or containers can put into a swarm could spoil a terminal. */
import {createHash} from 'node:crypto';
import http from 'node:http';
import path from 'node:path';
import {hostileLines} from '../../text/hostile-lines.ts';

/** What engines make up themselves, and programs decide by. All other strings are people's. */
const ownKeys =
	/^(?:.*I[dD]|.*At|since|Timestamp|(?:Desired)?State|LocalNodeState|Role|Availability|Reachability|Mode|Type|Protocol|PublishMode|Scope|Scope|Driver|Condition|Order|FailureAction|Runtime|(?:Min)?[aA](?:PI|pi)Version|MinAPIVersion|Version|Action|scope|Status|Digest|.*Addr|Architecture|OS|OSType|Target)$/;

/** Equal strings stay equal, so that what belongs together by its name still does. */
function poisoned(text: string): string {
	const at = createHash('sha256').update(text).digest().readUInt16BE() % hostileLines.length;
	return `${text}${hostileLines[at]?.raw ?? ''}`;
}

export function poison(value: unknown, key = ''): unknown {
	if (typeof value === 'string') return value === '' || ownKeys.test(key) ? value : poisoned(value);
	if (Array.isArray(value)) return value.map((each) => poison(each, key));
	if (typeof value !== 'object' || value === null) return value;
	const isMap = key === 'Labels' || key === 'Options' || key === 'Attributes';
	return Object.fromEntries(
		Object.entries(value).map(([name, each]) => [name, poison(each, isMap ? `${name} of a map` : name)]),
	);
}

/** Every hostile line, as that task printed it, in the frames of the engine's log stream. */
function hostileLog(taskId: string): Buffer {
	const texts = hostileLines.flatMap(({raw}) => raw.split('\n'));
	return Buffer.concat(
		texts.map((text, index) => {
			const stamp = `2026-11-21T00:00:00.${String(index).padStart(9, '0')}Z`;
			const payload = Buffer.from(`${stamp} com.docker.swarm.task.id=${taskId} ${text}\n`);
			const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
			head.writeUInt32BE(payload.length, 4);
			return Buffer.concat([head, payload]);
		}),
	);
}

export type HostileEngine = AsyncDisposable & {readonly socket: string};

/**
 * Stands before an engine and spoils what it answers. Whoever wants to change something is refused in hostile words.
 * @param engine its socket; ours is beside it
 */
export async function serveHostile(engine: string): Promise<HostileEngine> {
	const socket = path.join(path.dirname(engine), 'hostile.sock');
	const server = http.createServer((request, response) => {
		const taskId = /\/tasks\/(\w+)\/logs/.exec(request.url ?? '')?.[1];
		if (taskId !== undefined) {
			response.setHeader('content-type', 'application/vnd.docker.multiplexed-stream');
			response.write(hostileLog(taskId));
			if (!request.url?.includes('follow=true')) response.end();
		} else if (request.method === 'POST') {
			response.writeHead(400, {'content-type': 'application/json'});
			response.end(JSON.stringify({message: hostileLines.map(({raw}) => raw).join(' ')}));
		} else forward(request, response, engine);
	});
	await new Promise<void>((resolve) => server.listen(socket, resolve));
	return {
		socket,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function forward(request: http.IncomingMessage, response: http.ServerResponse, engine: string): void {
	const {method, url, headers} = request;
	const onward = http.request({socketPath: engine, method, path: url, headers}, (answer) => {
		const {'content-length': _length, ...kept} = answer.headers;
		response.writeHead(answer.statusCode ?? 500, kept);
		response.flushHeaders();
		const isStream = url?.includes('/events') === true;
		const isJson = answer.headers['content-type']?.includes('json') === true;
		let text = '';
		answer.setEncoding('utf8').on('data', (chunk: string) => {
			text += chunk;
			if (!isStream) return;
			const lines = text.split('\n');
			text = lines.pop() ?? '';
			for (const line of lines) if (line.trim() !== '') response.write(`${JSON.stringify(poison(JSON.parse(line)))}\n`);
		});
		answer.once('end', () => response.end(isJson && text !== '' ? JSON.stringify(poison(JSON.parse(text))) : text));
	});
	onward.on('error', () => response.destroy());
	response.on('close', () => onward.destroy());
	request.pipe(onward);
}
