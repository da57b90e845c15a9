/** Cuts the characters a terminal sends into events. Knows nothing of time: its owner says when a wait is over. */
import {glyphsOf} from '../text/width.ts';
import {characterKey, type InputEvent, namedKey} from './input-events.ts';
import {controlKey, csiKey, linuxConsoleKey, ss3Key, withAlt} from './key-sequences.ts';
import {sgrMouse, x10Mouse} from './mouse.ts';

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
/** A paste longer than this comes in pieces. */
const maxHeldPaste = 1 << 20;
/** What is longer is none of a terminal's sequences but an attack or noise; its first part is dropped. */
const maxHeldSequence = 1 << 16;

const csi = /^\u001b\[([0-?]*)([ -/]*)([@-~])/;
const csiBeginning = /^\u001b\[[0-?]*[ -/]*$/;
const x10 = /^\u001b\[M([^\u0000-\u001f]{0,3})/;
const linuxConsole = /^\u001b\[\[([A-Z]?)/;
/** rxvt ends keys with Shift with what is an intermediate byte everywhere else. */
const rxvtShifted = /^\u001b\[([2-8]|1[1-9]|2[0-4])\$/;
const ss3 = /^\u001bO([0-9]*)([@-~])/;
const ss3Beginning = /^\u001bO[0-9]*$/;
const stringSequence = /^\u001b([\]P_^X])([^\u0000-\u001f\u007f-\u009f]*)(?:\u0007|\u001b\\|\u009c)/;
const stringBeginning = /^\u001b[\]P_^X][^\u0000-\u001f\u007f-\u009f]*\u001b?$/;
const typedText = /^[^\u0000-\u001f\u007f-\u009f]+/;
const pastedControls = /(?!\n|\t)\p{Cc}/gu;

export type Held = 'nothing' | 'escape' | 'alt' | 'answer';

/** What was read from the head of the buffer: how many characters, and what they mean (nothing, when unknown). */
type Reading = {readonly length: number; readonly events: readonly InputEvent[]};
/** Undefined when the buffer ends before it is clear. */
type MaybeReading = Reading | undefined;

/**
 * Feed it what arrives with {@link push}. A sequence whose end has not come yet is held back; {@link held} says so, and
 * {@link giveUp} decides what it was when nothing follows. Sequences that mean nothing here are dropped whole: no part
 * of one is ever taken for typing.
 */
export class InputDecoder {
	#buffer = '';
	#isPasting = false;

	push(text: string): InputEvent[] {
		this.#buffer += text;
		const events: InputEvent[] = [];
		while (this.#buffer !== '') {
			const reading = this.#isPasting ? this.#readPaste() : this.#readHead();
			if (!reading) break;
			this.#buffer = this.#buffer.slice(reading.length);
			events.push(...reading.events);
		}
		return events;
	}

	/**
	 * What may be held without its rest ever coming: ESC, which most often was the key; ESC and a character that begins
	 * sequences but may be a key with Alt; an answer that breaks off. The rest of a key's sequence always comes.
	 */
	get held(): Held {
		if (this.#isPasting || this.#buffer === '') return 'nothing';
		if (/^\u001b+$/.test(this.#buffer)) return 'escape';
		if (this.#buffer.length === 2) return 'alt';
		return stringBeginning.test(this.#buffer) ? 'answer' : 'nothing';
	}

	/** Nothing came after what is held: it was a key, or is dropped. */
	giveUp(): InputEvent[] {
		const held = this.held;
		if (held === 'nothing') return [];
		const text = this.#buffer;
		this.#buffer = '';
		if (held === 'escape') return Array.from(text, () => namedKey('escape'));
		return held === 'alt' ? [withAlt(characterKey(text.slice(1)))] : [];
	}

	#readHead(): MaybeReading {
		if (this.#buffer.startsWith(pasteStart)) {
			this.#isPasting = true;
			return {length: pasteStart.length, events: []};
		}
		if (this.#buffer.startsWith('\u001b')) return readEscape(this.#buffer) ?? this.#dropWhenEndless();
		return readTyped(this.#buffer);
	}

	#dropWhenEndless(): MaybeReading {
		return this.#buffer.length > maxHeldSequence ? {length: this.#buffer.length, events: []} : undefined;
	}

	#readPaste(): MaybeReading {
		const end = this.#buffer.indexOf(pasteEnd);
		if (end >= 0) {
			this.#isPasting = false;
			return {length: end + pasteEnd.length, events: paste(this.#buffer.slice(0, end))};
		}
		if (this.#buffer.length < maxHeldPaste) return undefined;
		// The end mark itself may be cut: leave as much as it is long.
		const length = this.#buffer.length - pasteEnd.length;
		return {length, events: paste(this.#buffer.slice(0, length))};
	}
}

function paste(raw: string): InputEvent[] {
	const text = raw.replace(/\r\n?/g, '\n').replace(pastedControls, '');
	return text === '' ? [] : [{type: 'paste', text}];
}

/** Characters that begin no sequence. */
function readTyped(buffer: string): Reading {
	const text = typedText.exec(buffer)?.[0] ?? '';
	if (text !== '')
		return {length: text.length, events: Array.from(glyphsOf(text), (glyph) => characterKey(glyph.text))};
	return {length: 1, events: existing(controlKey(buffer.charCodeAt(0)))};
}

function readEscape(buffer: string): MaybeReading {
	const introducer = buffer[1];
	if (introducer === undefined) return undefined;
	if (introducer === '[') return readCsi(buffer);
	if (introducer === 'O') return readSs3(buffer);
	if (']P_^X'.includes(introducer)) return readString(buffer);
	if (introducer === '\u001b') return readDoubleEscape(buffer);
	return readAltKey(buffer);
}

function readCsi(buffer: string): MaybeReading {
	const rxvtShift = rxvtShifted.exec(buffer);
	if (rxvtShift) return {length: rxvtShift[0].length, events: existing(csiKey(rxvtShift[1] ?? '', '$'))};
	const special = linuxConsole.exec(buffer);
	if (special) return special[1] ? {length: 4, events: existing(linuxConsoleKey(special[1]))} : brokenOr(buffer, 3);
	const mouse = x10.exec(buffer);
	if (mouse) {
		const characters = mouse[1] ?? '';
		if (characters.length < 3) return brokenOr(buffer, 3 + characters.length);
		return {length: 6, events: existing(x10Mouse(characters))};
	}
	const match = csi.exec(buffer);
	if (!match) return csiBeginning.test(buffer) ? undefined : broken(buffer);
	const [{length}, parameters = '', intermediates = '', final = ''] = match;
	return {length, events: csiEvents(parameters, intermediates, final)};
}

function csiEvents(parameters: string, intermediates: string, final: string): InputEvent[] {
	if (parameters.startsWith('<') && /^[Mm]$/.test(final)) return existing(sgrMouse(parameters, final));
	if (parameters.startsWith('?') || parameters.startsWith('>')) {
		return [{type: 'reply', kind: 'csi', text: parameters + intermediates + final}];
	}
	if (parameters === '' && /^[IO]$/.test(final)) return [{type: 'focus', isFocused: final === 'I'}];
	return intermediates === '' ? existing(csiKey(parameters, final)) : [];
}

function readSs3(buffer: string): MaybeReading {
	const match = ss3.exec(buffer);
	if (!match) return ss3Beginning.test(buffer) ? undefined : readAltKey(buffer);
	return {length: match[0].length, events: existing(ss3Key(match[1] ?? '', match[2] ?? ''))};
}

/** OSC, DCS, APC, PM, SOS. Only OSC answers questions that we ask. */
function readString(buffer: string): MaybeReading {
	const match = stringSequence.exec(buffer);
	if (!match) return stringBeginning.test(buffer) ? undefined : broken(buffer);
	const [{length}, introducer, text = ''] = match;
	return {length, events: introducer === ']' ? [{type: 'reply', kind: 'osc', text}] : []};
}

/** rxvt and others send Alt with a special key as ESC before its sequence; else the first ESC was the key. */
function readDoubleEscape(buffer: string): MaybeReading {
	const third = buffer[2];
	if (third === undefined) return undefined;
	if (third !== '[' && third !== 'O') return {length: 1, events: [namedKey('escape')]};
	const reading = third === '[' ? readCsi(buffer.slice(1)) : readSs3(buffer.slice(1));
	if (!reading) return undefined;
	const events = reading.events.map((event) => (event.type === 'key' ? withAlt(event) : event));
	return {length: reading.length + 1, events};
}

function readAltKey(buffer: string): Reading {
	const character = String.fromCodePoint(buffer.codePointAt(1) ?? 0);
	const key = typedText.test(character) ? characterKey(character) : controlKey(character.charCodeAt(0));
	return {length: 1 + character.length, events: existing(key && withAlt(key))};
}

/** A sequence that something else interrupts: it is dropped up to there. */
function broken(buffer: string): Reading {
	const interruption = buffer.slice(1).search(/[\u0000-\u001f\u007f-\uffff]/);
	return {length: interruption < 0 ? buffer.length : interruption + 1, events: []};
}

/** Incomplete when the buffer ends at `end`, else interrupted there. */
function brokenOr(buffer: string, end: number): MaybeReading {
	return buffer.length <= end ? undefined : {length: end, events: []};
}

function existing(event: InputEvent | undefined): InputEvent[] {
	return event ? [event] : [];
}
