import type {Answer} from '../engine/client.ts';
import {FrameReader} from '../engine/exec-stream.ts';
import type {NodeEngine} from '../engine/node-engine.ts';
import {failed, ok} from '../runtime/result.ts';
import {type SafeText, toSafeLines} from '../text/safe-text.ts';

/** More than this of a log is not read at once: lines can be of any length. */
const mostBytes = 8 << 20;

export type ContainerLog = {
	readonly lines: readonly SafeText[];
	/** There are more lines before these. */
	readonly isCut: boolean;
};

/** The end of a container's log as its own engine has it, also of one that the swarm has forgotten. */
export async function readContainerLog(engine: NodeEngine, id: string, mostLines: number): Answer<ContainerLog> {
	const chunks: Buffer[] = [];
	let length = 0;
	let close = (): void => undefined;
	const stream = await engine.logs(id, {
		tail: mostLines,
		timestamps: true,
		onData(chunk) {
			chunks.push(chunk);
			length += chunk.length;
			if (length > mostBytes) close();
		},
	});
	if (!stream.ok) return stream;
	close = () => stream.value.close();
	const broken = await stream.value.ended;
	if (broken && broken.kind !== 'aborted') return failed(broken);
	const bytes = Buffer.concat(chunks);
	const text = stream.value.isFramed
		? Buffer.concat([...new FrameReader().read(bytes)].map((piece) => piece.bytes))
		: bytes;
	const whole = text.toString('utf8').trimEnd();
	const lines = whole === '' ? [] : toSafeLines(whole);
	return ok({lines, isCut: lines.length >= mostLines || length > mostBytes});
}
