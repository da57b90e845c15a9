/** A form as it stands over the panes: a line for every text, below them what is to be known of the one in focus. */
import {fitCells} from '../../text/fit.ts';
import {joinStyled, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Rect} from '../layout/pane.ts';
import type {PopupView} from '../layout/popup.ts';
import {promptField} from '../prompt/prompt-field.ts';
import {wrapText} from '../text-view/wrap.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import {offersOf} from './completion.ts';
import {type Field, type FormSpec, problemOf, shownFields} from './form-spec.ts';
import {type FormState, fieldOf, firstProblem, isButton, isSameSpot, type Spot, spotsOf, textAt} from './form-state.ts';

const widest = 100;
/** What is said of the field in focus: its hint or what is wrong with it, and the names that can be meant. */
const noteLines = 3;
const widestLabel = 22;

/** A line of the form: a text, the button, or the heading of a part. */
export type FormLine = {readonly spot?: Spot; readonly heading?: SafeText};

/** All lines of a form, from above. */
export function formLines(spec: FormSpec, {values}: FormState): readonly FormLine[] {
	const fields = new Map(shownFields(spec, values).map((field) => [field.id, field]));
	return spotsOf(spec, values).flatMap((spot): FormLine[] => {
		const part = spot.item === 0 ? fields.get(spot.field)?.part : undefined;
		return part === undefined ? [{spot}] : [{heading: part}, {spot}];
	});
}

export function formBox(spec: FormSpec, state: FormState, body: Rect, theme: Theme): PopupView {
	const width = Math.min(body.width, widest);
	const inside = width - 4;
	const lines = formLines(spec, state);
	const notes = noteText(spec, state, inside, theme);
	const room = Math.max(1, body.height - 2 - notes.length);
	const focus = lines.findIndex(({spot}) => spot && isSameSpot(spot, state.focus));
	const top = Math.max(0, Math.min(focus - Math.floor(room / 2), lines.length - room));
	const shown = lines.slice(top, top + room);
	const labels = Math.min(widestLabel, Math.max(...shownFields(spec, state.values).map(({label}) => cellWidth(label))));
	const texts = [...shown.map((line) => lineText(spec, state, line, {inside, labels}, theme)), ...notes];
	const height = Math.min(body.height, texts.length + 2);
	return {
		choices: {line: 1, first: top, count: shown.length},
		rect: {
			x: body.x + Math.floor((body.width - width) / 2),
			y: body.y + Math.max(0, Math.floor((body.height - height) / 2)),
			width,
			height,
		},
		border: 'focus',
		title: paint(theme, 'title', spec.title),
		position: lines.length > room ? safe`${focus + 1}/${lines.length}` : toSafeText(''),
		lines: texts.slice(0, Math.max(0, height - 2)).map((text) => styled` ${fitCells(text, inside)} `),
	};
}

type Cells = {readonly inside: number; readonly labels: number};

function lineText(spec: FormSpec, state: FormState, line: FormLine, cells: Cells, theme: Theme): StyledText {
	const {spot, heading} = line;
	if (heading !== undefined) return paint(theme, 'heading', heading);
	if (!spot) return toSafeText('');
	const isFocused = isSameSpot(spot, state.focus);
	if (isButton(spot)) return buttonText(spec, state, isFocused, theme);
	const field = fieldOf(spec, spot);
	if (!field) return toSafeText('');
	const isWrong = wrongOf(field, state, spot) !== undefined && (!isFocused || state.isTried);
	const sign = isWrong ? theme.glyphs.health.failing : isFocused ? theme.glyphs.selection : toSafeText(' ');
	const name = fitCells(spot.item === 0 ? field.label : toSafeText(''), cells.labels);
	const room = Math.max(1, cells.inside - cells.labels - 4);
	const label = paint(theme, isFocused ? 'key' : 'text', name);
	return styled`${paint(theme, isWrong ? 'danger' : 'key', sign)} ${label}  ${valueText(field, state, spot, room, theme)}`;
}

function valueText(field: Field, state: FormState, spot: Spot, room: number, theme: Theme): StyledText {
	const text = textAt(state.values, spot);
	const isFocused = isSameSpot(spot, state.focus);
	switch (field.kind) {
		case 'hidden': {
			const words = toSafeText(text === '' ? '' : '(entered, never shown)');
			return isFocused
				? styled`${paint(theme, 'dim', words)}${paint(theme, 'cursor', toSafeText(' '))}`
				: paint(theme, 'dim', words);
		}
		case 'choice':
		case 'flag': {
			const options =
				field.kind === 'choice'
					? field.options
					: [
							{value: 'no', label: toSafeText('no')},
							{value: 'yes', label: toSafeText('yes')},
						];
			const chosen = options.find(({value}) => value === text);
			if (!isFocused) return chosen?.label ?? toSafeText(text);
			return fitCells(optionsText(options, text, room, theme), room);
		}
		case 'text':
		case 'list':
			return isFocused ? promptField({text, cursor: state.cursor}, room, theme) : fitCells(toSafeText(text), room);
		default:
			return field satisfies never;
	}
}

/** All of them where there is room; else the one that is chosen, between arrows. */
function optionsText(
	options: readonly {readonly value: string; readonly label: SafeText}[],
	chosen: string,
	room: number,
	theme: Theme,
): StyledText {
	const words = options.map(({value, label}) =>
		value === chosen ? paint(theme, 'buttonFocus', safe`[${label}]`) : paint(theme, 'button', safe` ${label} `),
	);
	const all = joinStyled(words, ' ');
	if (cellWidth(all) <= room) return all;
	const present = options.findIndex(({value}) => value === chosen);
	return styled`< ${words[Math.max(0, present)] ?? toSafeText('')} > ${paint(theme, 'dim', safe`${present + 1} of ${options.length}`)}`;
}

function buttonText(spec: FormSpec, state: FormState, isFocused: boolean, theme: Theme): StyledText {
	const button = isFocused
		? paint(theme, 'buttonFocus', safe`[ ${spec.button} ]`)
		: paint(theme, 'button', safe`  ${spec.button}  `);
	if (state.isWaiting) return styled`${button}  ${paint(theme, 'dim', spec.waiting ?? toSafeText('asking…'))}`;
	return button;
}

/** What is wrong with a line, where that may be said already: not before its field was left, unless something stands there. */
function wrongOf(field: Field, state: FormState, spot: Spot): SafeText | undefined {
	const text = textAt(state.values, spot);
	if (field.kind === 'list' && spot.item > 0 && text === '') return undefined;
	const isSaid = text !== '' || state.isTried || state.visited.has(field.id);
	return isSaid ? problemOf(field, text, state.values) : undefined;
}

function noteText(spec: FormSpec, state: FormState, width: number, theme: Theme): StyledText[] {
	const lines: StyledText[] = [];
	const say = (text: SafeText, role: Role): void => {
		for (const line of wrapText(text, width)) lines.push(paint(theme, role, line));
	};
	const field = fieldOf(spec, state.focus);
	if (state.problem !== undefined) say(state.problem, 'danger');
	else if (field) {
		const wrong = wrongOf(field, state, state.focus);
		if (wrong !== undefined) say(wrong, 'danger');
		else if (field.hint !== undefined) say(field.hint, 'dim');
		const offers = offersOf(spec, state);
		if (offers !== '') lines.push(paint(theme, 'accent', offers));
	} else {
		const problem = firstProblem(spec, state.values);
		const label = problem && fieldOf(spec, problem.spot)?.label;
		if (problem && label !== undefined) say(safe`${label}: ${problem.text}`, 'danger');
	}
	return Array.from({length: Math.max(noteLines, lines.length)}, (_, index) => lines[index] ?? toSafeText(''));
}
