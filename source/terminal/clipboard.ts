/** Copies text to the clipboard of the person at the terminal, also over SSH: the terminal does it when asked (OSC 52). */
import {failed, ok, type Result} from '../runtime/result.ts';

/** xterm and tmux take 100,000 bytes of base64 at most and drop what is longer without a word. */
const maxEncodedBytes = 99_000;

type ClipboardError = {readonly kind: 'too-long'; readonly bytes: number; readonly maxBytes: number};

/**
 * The bytes that put `text` into the clipboard. Whether the terminal obeys can't be known: some ask, some are set to
 * refuse. Inside tmux it is wrapped, so that tmux hands it on (`allow-passthrough`); tmux with `set-clipboard on` takes
 * the plain sequence itself, so both are sent.
 */
export function copySequence(
	text: string,
	environment: Readonly<Record<string, string | undefined>>,
): Result<string, ClipboardError> {
	const encoded = Buffer.from(text, 'utf8').toString('base64');
	if (encoded.length > maxEncodedBytes) {
		return failed({kind: 'too-long', bytes: Buffer.byteLength(text), maxBytes: Math.floor((maxEncodedBytes / 4) * 3)});
	}
	const sequence = `\u001b]52;c;${encoded}\u0007`;
	return ok(environment['TMUX'] ? sequence + wrappedForTmux(sequence) : sequence);
}

function wrappedForTmux(sequence: string): string {
	return `\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
}
