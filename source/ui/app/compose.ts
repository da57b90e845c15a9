/** Puts the whole screen together from its parts: the one place that knows where each of them goes. */
import type {Plan, Progress} from '../../cluster/intent.ts';
import {fitCells} from '../../text/fit.ts';
import {type SafeText, type StyledText, toSafeText} from '../../text/safe-text.ts';
import {activityItems} from '../activity/activity-items.ts';
import {activityOverlay} from '../activity/activity-overlay.ts';
import {selectedOf} from '../activity/activity-verbs.ts';
import {chooserOverlay, confirmationOverlay} from '../dialog/dialog-overlay.ts';
import {footerLine} from '../footer/footer-line.ts';
import {messageLine, promptLine} from '../footer/message-line.ts';
import {bannerHeight, bannerLines} from '../header/banner-lines.ts';
import {headerLine} from '../header/header-line.ts';
import type {Summary} from '../header/summary.ts';
import type {KeyScope} from '../keys/binding.ts';
import type {Keymap} from '../keys/keymap.ts';
import {type Layout, layoutPanes, type Rect} from '../layout/layout.ts';
import type {LogReader} from '../logs/log-reader.ts';
import {paletteOverlay} from '../palette/palette-overlay.ts';
import {ListPane} from '../panes/list-pane.ts';
import {LogsPane} from '../panes/logs-pane.ts';
import {MapPane} from '../panes/map-pane.ts';
import type {Listed} from '../registry/kind.ts';
import {type KindId, kindIds} from '../registry/registry.ts';
import type {FittedColumn} from '../table/column.ts';
import {Documents} from '../text-view/documents.ts';
import {textOverlay} from '../text-view/text-overlay.ts';
import type {App} from './app.ts';
import type {Environment} from './environment.ts';
import type {Lists} from './lists.ts';
import type {Overlay} from './overlay.ts';
import type {ColumnsOf} from './screen-config.ts';
import {type ScreenState, topOverlay} from './state.ts';
import type {OverlayView, PaneView, ScreenView} from './view.ts';

export type ComposeInput = {
	readonly state: ScreenState;
	readonly lists: Lists;
	readonly reader: LogReader | undefined;
	readonly summary: Summary;
	/** Of the confirmation on top. */
	readonly plan: Plan | undefined;
	/** All of this session, newest first. */
	readonly actions: readonly Progress[];
	/** The message line offers to take back what it tells of. */
	readonly isOffering: boolean;
	readonly scopes: readonly KeyScope[];
	readonly app: App;
	readonly label: SafeText;
	readonly environment: Environment;
};

/** The geometry of that state: the panes, and what the reducers take their heights from. */
export function layoutOf(state: ScreenState, {cluster}: Pick<Environment, 'cluster'>): Layout {
	return layoutPanes(state.size, {
		focus: state.focus,
		isZoomed: state.isZoomed,
		bannerLines: bannerHeight(cluster),
		nodeCount: cluster.nodes.size,
	});
}

export class Composer {
	readonly #listPanes: ReadonlyMap<KindId, ListPane>;
	readonly #logsPane = new LogsPane();
	readonly #mapPane = new MapPane();
	readonly documents: Documents;

	constructor(keymap: Keymap, columnsOf: ColumnsOf) {
		this.#listPanes = new Map(kindIds.map((id) => [id, new ListPane(id, columnsOf(id))]));
		this.documents = new Documents(keymap);
	}

	compose(input: ComposeInput): ScreenView {
		const {state, environment} = input;
		const {theme, cluster, ages, now} = environment;
		const {columns} = state.size;
		const layout = layoutOf(state, environment);
		if (layout.kind === 'tooSmall') return tooSmall(state);
		const top = topOverlay(state);
		const isCovered = state.overlays.some(({kind}) => kind === 'text' || kind === 'activity');
		return {
			kind: 'panes',
			size: state.size,
			theme,
			header: headerLine({...input, cluster, ages, isReadOnly: input.app.isReadOnly}, theme, columns),
			banner: bannerLines(cluster, ages, now, theme, columns).slice(0, layout.banner.height),
			panes: isCovered ? [] : layout.panes.map((rect) => this.#pane(input, rect)),
			overlays: state.overlays.flatMap((overlay) => this.#overlay(input, overlay, layout.body)),
			message:
				top?.kind === 'prompt'
					? promptLine(top, theme, columns)
					: messageLine(state.message, input.isOffering, theme, columns),
			footer: footerLine(input.scopes, input.app, theme, columns),
		};
	}

	/** The columns of a list as they were drawn last. */
	fittedColumns(id: KindId): readonly FittedColumn<Listed>[] {
		return this.#listPanes.get(id)?.fitted ?? [];
	}

	#pane(
		{state, lists, reader, plan, environment}: ComposeInput,
		rect: Extract<Layout, {kind: 'panes'}>['panes'][number],
	): PaneView {
		if (rect.id === 'logs') return this.#logsPane.view(state, reader, rect, environment);
		if (rect.id === 'topology') return this.#mapPane.view(state, lists, rect, plan?.moves, environment);
		const pane = this.#listPanes.get(rect.id);
		if (!pane) throw new Error(`no pane for ${rect.id}`);
		return pane.view(state, lists, rect, environment);
	}

	#overlay({plan, actions, state, app, environment}: ComposeInput, overlay: Overlay, body: Rect): OverlayView[] {
		const {theme, cluster} = environment;
		switch (overlay.kind) {
			case 'activity': {
				const items = activityItems(actions, cluster);
				return [
					activityOverlay(items, selectedOf(items, overlay.selected), body, {...environment, keymap: app.keymap}),
				];
			}
			case 'text': {
				const document = this.documents.of(overlay.source, cluster, body.width, environment.now);
				return [textOverlay(document, overlay.state, body, theme)];
			}
			case 'confirmation':
				return plan ? [confirmationOverlay(plan, overlay.confirmation, dialogArea(state, body), theme)] : [];
			case 'chooser':
				return [chooserOverlay(overlay.spec, overlay.focus, body, theme)];
			case 'prompt':
				return overlay.spec.suggest ? [paletteOverlay(overlay.suggestions, overlay.focus, body, theme)] : [];
		}
	}
}

/** On the topology a dialog leaves the upper part free: there one sees what the plan moves where. */
function dialogArea({focus}: ScreenState, body: Rect): Rect {
	if (focus !== 'topology') return body;
	const height = Math.floor(body.height / 2);
	return {...body, y: body.y + body.height - height, height};
}

function tooSmall({size}: ScreenState): ScreenView {
	const words = ['swarmtop', 'needs 20x5', 'or more'];
	const lines: StyledText[] = words.slice(0, size.rows).map((word) => fitCells(toSafeText(word), size.columns));
	return {kind: 'tooSmall', size, lines};
}
