/** Copies text to the clipboard of the person at the terminal, also over SSH: the terminal does it when asked (OSC 52). */
import {spawnSync} from 'node:child_process';
import {failed, ok, type Result} from '../runtime/result.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';

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

/** tmux answers at once; one that does not must not hold up the screen. */
const tmuxPatienceMs = 1000;

/**
 * Inside tmux the text goes into its buffer too: whether tmux hands anything on to the terminal depends on its options and
 * on what it knows of the terminal. Gives the sentence that says where the text is, '' where it reaches the clipboard.
 */
export function copyInTmux(text: string, environment: Readonly<Record<string, string | undefined>>): SafeText {
	if (!environment['TMUX']) return toSafeText('');
	const tmux = (args: readonly string[], input = '') =>
		spawnSync('tmux', [...args], {
			input,
			env: {...environment},
			encoding: 'utf8',
			timeout: tmuxPatienceMs,
			stdio: ['pipe', 'pipe', 'ignore'],
		});
	// -w has it handed on to the terminal; tmux before 3.2 doesn't know it.
	const isKept = tmux(['load-buffer', '-w', '-'], text).status === 0 || tmux(['load-buffer', '-'], text).status === 0;
	const {stdout} = tmux(['display-message', '-p', '#{set-clipboard}/#{allow-passthrough}/#{client_termfeatures}']);
	const [clipboard = '', passthrough = '', features = ''] = (stdout ?? '').trim().split('/');
	const isHandedOn =
		(clipboard !== 'off' && features.split(',').includes('clipboard')) || /^(on|all|1|2)$/.test(passthrough);
	if (isHandedOn) return toSafeText('');
	return isKept
		? toSafeText("It is in tmux's buffer (prefix ] pastes it): tmux hands nothing on to the terminal's clipboard.")
		: toSafeText("tmux hands nothing on to the terminal's clipboard (set-clipboard on): it may not have been copied.");
}
