/** How a form stands while it is filled in. Pure; what a field may hold is its own business, see form-spec.ts. */
import type {SafeText} from '../../text/safe-text.ts';
import {type LineEditAction, reduceLineEdit} from '../prompt/line-edit.ts';
import {type Field, type FormSpec, type FormValues, initialValues, problemIn, shownFields} from './form-spec.ts';

/** A line of a form: one text of a field, or the button at the end. */
export type Spot = {readonly field: string; readonly item: number};

const buttonSpot: Spot = {field: '', item: 0};

export const isButton = ({field}: Spot): boolean => field === '';

export type FormState = {
	readonly values: FormValues;
	readonly focus: Spot;
	/** In the text in focus, as a line edit has it. */
	readonly cursor: number;
	/** Fields that were left: what is wrong with them shows from then on. */
	readonly visited: ReadonlySet<string>;
	/** It was to be sent: from then on all that is wrong shows. */
	readonly isTried: boolean;
	/** It was sent, and the answer is awaited. */
	readonly isWaiting: boolean;
	/** What was wrong with the whole, when it was sent. */
	readonly problem: SafeText | undefined;
};

export type FormAction =
	| {readonly type: 'edit'; readonly action: LineEditAction}
	/** To a line above or below. */
	| {readonly type: 'step'; readonly by: number}
	/** To the first line of another field. */
	| {readonly type: 'field'; readonly by: 1 | -1}
	| {readonly type: 'focus'; readonly spot: Spot}
	/** To another option of a choice. */
	| {readonly type: 'turn'; readonly by: number}
	| {readonly type: 'take'; readonly values: FormValues}
	/** The first line that is wrong gets the focus. */
	| {readonly type: 'try'}
	| {readonly type: 'sent'}
	| {readonly type: 'answered'; readonly problem: SafeText | undefined};

export function initialForm(spec: FormSpec): FormState {
	const values = initialValues(spec.fields);
	const first = spec.isReady ? buttonSpot : (spotsOf(spec, values)[0] ?? buttonSpot);
	return {
		...at(values, first),
		values,
		visited: new Set(),
		isTried: false,
		isWaiting: false,
		problem: undefined,
	};
}

export const fieldOf = (spec: FormSpec, {field}: Spot): Field | undefined => spec.fields.find(({id}) => id === field);

/** Every line that can have the focus, from above. A list ends with an empty line, for one more. */
export function spotsOf(spec: FormSpec, values: FormValues): readonly Spot[] {
	const spots = shownFields(spec, values).flatMap((field) => {
		const count = field.kind === 'list' ? (values[field.id]?.length ?? 0) + 1 : 1;
		return Array.from({length: count}, (_, item) => ({field: field.id, item}));
	});
	return [...spots, buttonSpot];
}

export const textAt = (values: FormValues, {field, item}: Spot): string => values[field]?.[item] ?? '';

/** Whether anything would be lost with it. */
export function isChanged(spec: FormSpec, {values}: FormState): boolean {
	const initial = initialValues(spec.fields);
	const held = (id: string, all: FormValues): string => JSON.stringify((all[id] ?? []).filter((text) => text !== ''));
	return spec.fields.some(({id}) => held(id, values) !== held(id, initial));
}

/** The first field that is wrong, from above, with what is wrong. */
export function firstProblem(
	spec: FormSpec,
	values: FormValues,
): {readonly spot: Spot; readonly text: SafeText} | undefined {
	for (const field of shownFields(spec, values)) {
		const problem = problemIn(field, values);
		if (problem) return {spot: {field: field.id, item: problem.item}, text: problem.text};
	}
	return undefined;
}

export function reduceForm(spec: FormSpec, state: FormState, action: FormAction): FormState {
	switch (action.type) {
		case 'edit':
			return edited(spec, state, action.action);
		case 'step': {
			const spots = spotsOf(spec, state.values);
			const target = spots[clamp(indexOf(spots, state.focus) + action.by, spots.length)];
			return target ? focused(spec, state, target) : state;
		}
		case 'field':
			return focused(spec, state, besideField(spec, state, action.by));
		case 'focus':
			return focused(spec, state, action.spot);
		case 'turn':
			return turned(spec, state, action.by);
		case 'take': {
			const values = {...state.values, ...action.values};
			const spots = spotsOf(spec, values);
			const focus = spots[Math.max(0, indexOf(spots, state.focus))] ?? buttonSpot;
			return {...state, ...at(values, focus), values, isTried: false, problem: undefined};
		}
		case 'try': {
			const problem = firstProblem(spec, state.values);
			const tried = {...state, isTried: true, problem: undefined};
			return problem ? focused(spec, tried, problem.spot) : tried;
		}
		case 'sent':
			return {...state, isWaiting: true, problem: undefined};
		case 'answered':
			return {...state, isWaiting: false, problem: action.problem};
		default:
			return action satisfies never;
	}
}

function edited(spec: FormSpec, state: FormState, action: LineEditAction): FormState {
	const field = fieldOf(spec, state.focus);
	if (!field || field.kind === 'choice' || field.kind === 'flag') return state;
	if (field.kind === 'hidden') return withText(state, hiddenEdited(textAt(state.values, state.focus), action));
	if (field.kind === 'list' && action.type === 'insert') {
		const [first = '', ...rest] = action.text.replace(/[\r\n]+$/u, '').split(/\r\n|[\r\n]/u);
		let next = typed(state, {type: 'insert', text: first});
		for (const text of rest) {
			const spot = {field: field.id, item: next.focus.item + 1};
			next = typed({...next, ...at(next.values, spot, 0)}, {type: 'insert', text}, true);
		}
		return next;
	}
	return typed(state, action);
}

function typed(state: FormState, action: LineEditAction, isNew = false): FormState {
	const before = {text: isNew ? '' : textAt(state.values, state.focus), cursor: isNew ? 0 : state.cursor};
	const {text, cursor} = reduceLineEdit(before, action);
	const shifted = isNew ? withRoom(state) : state;
	return {...(isNew || text !== before.text ? withText(shifted, text) : shifted), cursor};
}

/** A line of its own for what is pasted between two others. */
function withRoom(state: FormState): FormState {
	const {field, item} = state.focus;
	const texts = (state.values[field] ?? []).toSpliced(item, 0, '');
	return {...state, values: {...state.values, [field]: texts}};
}

/** Nobody sees where its cursor is: it grows at its end, and goes as a whole. */
function hiddenEdited(text: string, action: LineEditAction): string {
	switch (action.type) {
		case 'insert': {
			const lines = action.text.replace(/\r\n?/gu, '\n');
			return text + (/\n./u.test(lines) ? lines : lines.replace(/\n$/u, ''));
		}
		case 'backspace':
			return reduceLineEdit({text, cursor: text.length}, action).text;
		case 'deleteWordBack':
		case 'deleteToStart':
			return '';
		case 'set':
			return action.text;
		default:
			return text;
	}
}

function withText(state: FormState, text: string): FormState {
	const {field, item} = state.focus;
	const texts = [...(state.values[field] ?? [])];
	while (texts.length < item) texts.push('');
	texts[item] = text;
	return {...state, values: {...state.values, [field]: texts}, cursor: text.length, problem: undefined};
}

function turned(spec: FormSpec, state: FormState, by: number): FormState {
	const field = fieldOf(spec, state.focus);
	if (field?.kind !== 'choice' && field?.kind !== 'flag') return state;
	const options = field.kind === 'flag' ? ['no', 'yes'] : field.options.map(({value}) => value);
	const present = options.indexOf(textAt(state.values, state.focus));
	const next = options[(present + by + options.length) % options.length];
	return next === undefined ? state : withText(state, next);
}

/** To another line; an empty one of a list that is left is gone. */
function focused(spec: FormSpec, state: FormState, target: Spot): FormState {
	const {focus} = state;
	const field = fieldOf(spec, focus);
	const visited = target.field === focus.field ? state.visited : new Set([...state.visited, focus.field]);
	const isGone =
		field?.kind === 'list' &&
		focus.item < (state.values[focus.field]?.length ?? 0) &&
		textAt(state.values, focus).trim() === '' &&
		!isSameSpot(focus, target);
	if (!isGone) return {...state, ...at(state.values, target), visited};
	const values = {...state.values, [focus.field]: (state.values[focus.field] ?? []).toSpliced(focus.item, 1)};
	const isBelow = target.field === focus.field && target.item > focus.item;
	return {...state, ...at(values, isBelow ? {...target, item: target.item - 1} : target), values, visited};
}

/** The first line of the field before or after; the button is the last. */
function besideField(spec: FormSpec, {values, focus}: FormState, by: 1 | -1): Spot {
	const firsts = spotsOf(spec, values).filter(({item}) => item === 0);
	const index = firsts.findIndex(({field}) => field === focus.field);
	return firsts[clamp(index + by, firsts.length)] ?? buttonSpot;
}

const at = (
	values: FormValues,
	focus: Spot,
	cursor = textAt(values, focus).length,
): Pick<FormState, 'focus' | 'cursor'> => ({
	focus,
	cursor,
});

export const isSameSpot = (a: Spot, b: Spot): boolean => a.field === b.field && a.item === b.item;

const indexOf = (spots: readonly Spot[], spot: Spot): number => spots.findIndex((each) => isSameSpot(each, spot));

const clamp = (index: number, count: number): number => Math.max(0, Math.min(index, count - 1));
