/** The mouse: a click goes to what it hits, the wheel scrolls what it is over. Keys can do all of it. */
import type {MouseEvent} from '../../terminal/input-events.ts';
import {answerTabAt} from '../answer/answer-title.ts';
import type {AnswerVerbs} from '../answer/answer-verbs.ts';
import {chooserBox} from '../dialog/dialog-boxes.ts';
import {formBox} from '../form/form-box.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId} from '../kinds/registry.ts';
import {insideOf, titleStart} from '../layout/frame.ts';
import type {PaneRect, Rect} from '../layout/pane.ts';
import type {PopupView} from '../layout/popup.ts';
import {logTitle} from '../logs/log-title.ts';
import {paletteBox} from '../palette/palette-box.ts';
import {columnGap} from '../table/column.ts';
import {gutterWidth} from '../table/table-lines.ts';
import type {App} from './capabilities.ts';
import type {ScreenModel} from './screen-model.ts';
import type {ScreenSnapshot} from './snapshot.ts';
import {topOverlay} from './state.ts';

type PointerOptions = {
	readonly model: ScreenModel;
	readonly app: App;
	/** The tabs of the pane below the lists. */
	readonly answers: AnswerVerbs;
	/** What is on the screen: what was clicked on is what was to be seen there. */
	readonly shown: () => ScreenSnapshot;
};

const wheelRows = 3;

export class Pointer {
	readonly #options: PointerOptions;

	constructor(options: PointerOptions) {
		this.#options = options;
	}

	handle(event: MouseEvent): void {
		if (event.action === 'wheel-up') this.#scroll(event, -wheelRows);
		else if (event.action === 'wheel-down') this.#scroll(event, wheelRows);
		else if (event.action === 'press' && event.button === 'left') this.#click(event);
	}

	#scroll(at: Point, by: number): void {
		const {model, app, answers} = this.#options;
		if (topOverlay(model.state)) app.top.step(Math.sign(by));
		else {
			const pane = this.#paneAt(at);
			if (pane && isKindId(pane.id)) model.moveList(pane.id, {type: 'move', by});
			else if (pane && !answers.move({type: 'move', by})) app.logs.move({type: 'move', by});
		}
	}

	#click(at: Point): void {
		const {model, app} = this.#options;
		const top = topOverlay(model.state);
		if (top) this.#clickOverlay(at);
		else {
			const pane = this.#paneAt(at);
			if (!pane) return;
			if (pane.id !== model.state.focus) app.navigation.focusOn(pane.id);
			if (isKindId(pane.id)) this.#clickList(pane.id, pane, at);
			else if (at.y === pane.y) this.#clickTab(pane, at.x - pane.x - titleStart(pane.frame));
		}
	}

	/** What can be chosen is chosen by the click; a dialog that asks for consent wants a key. */
	#clickOverlay({x, y}: Point): void {
		const {model, app, shown} = this.#options;
		const top = topOverlay(model.state);
		const popup = popupIn(shown());
		if (!popup || !isInside(popup.rect, {x, y})) return;
		const index = choiceAt(popup, y - popup.rect.y);
		if (index !== undefined && top?.kind === 'form') app.forms.point(index);
		if (index === undefined || (top?.kind !== 'chooser' && top?.kind !== 'prompt')) return;
		app.top.step(index - top.focus);
		if (top.kind === 'chooser') app.top.press();
		else app.top.submit();
	}

	#clickList(id: KindId, pane: PaneRect, {x, y}: Point): void {
		const {model, app} = this.#options;
		const line = y - pane.y - 1;
		const headings = pane.hasHeading ? 1 : 0;
		if (line < 0 || line >= insideOf(pane.frame, pane).height) return;
		if (line < headings) {
			const column = this.#columnAt(id, x - pane.x - (pane.frame === 'box' ? 1 : 0));
			if (column !== undefined) app.lists.sortBy(id, column);
			return;
		}
		const {table} = model.state.lists[id];
		const place = table.top + line - headings;
		const isBelowMissing = table.isMissing && place > table.index;
		if (table.isMissing && place === table.index) return;
		const rowId = model.lists.tableRows(id).idAt(isBelowMissing ? place - 1 : place);
		if (rowId !== undefined && line - headings < model.windowOf(id)) model.moveList(id, {type: 'select', id: rowId});
	}

	#clickTab(pane: PaneRect, cell: number): void {
		const {answers, shown} = this.#options;
		const {answer, cluster, fixed, logs, state, theme} = shown();
		const {width} = insideOf(pane.frame, pane);
		const title = answer.source
			? fixed.answers.of(answer.source, cluster, width, fixed.clock.now()).title
			: logTitle(state.logs, logs.reader, theme);
		const tab = answerTabAt(answer, title, theme, cell);
		if (tab !== undefined && cell < width) answers.choose(tab);
	}

	/** The column whose title stands there, by its ID. */
	#columnAt(id: KindId, x: number): string | undefined {
		let start = gutterWidth;
		for (const {column, width} of this.#options.shown().fixed.fitter(id).fitted) {
			if (x >= start && x < start + width) return column.id;
			start += width + columnGap;
		}
		return undefined;
	}

	#paneAt(at: Point): PaneRect | undefined {
		const {layout} = this.#options.model;
		return layout.kind === 'panes' ? layout.panes.find((pane) => isInside(pane, at)) : undefined;
	}
}

/** The box on top that offers something to choose. */
function popupIn({state, layout, theme}: ScreenSnapshot): PopupView | undefined {
	const top = topOverlay(state);
	if (layout.kind === 'tooSmall') return undefined;
	if (top?.kind === 'chooser') return chooserBox(top.spec, top.focus, layout.body, theme);
	if (top?.kind === 'prompt' && top.spec.suggest) return paletteBox(top, layout.body, theme);
	if (top?.kind === 'form') return formBox(top.spec, top.state, layout.body, theme);
	return undefined;
}

function choiceAt({choices}: PopupView, line: number): number | undefined {
	if (!choices) return undefined;
	const offset = line - choices.line;
	return offset >= 0 && offset < choices.count ? choices.first + offset : undefined;
}

type Point = {readonly x: number; readonly y: number};

function isInside(rect: Rect, {x, y}: Point): boolean {
	return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}
