/** What others do because of what is on the screen: the sync, the logs, the mouse, the memory. */
import type {ContentKind} from '../../cluster/entities/inside.ts';
import {
	type InventoryKind,
	noRows,
	type ShownRows,
	type Sync,
	type TaskEntity,
	type TaskScope,
} from '../../cluster/model.ts';
import type {InsideListener} from '../../nodes/contents-sync.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import type {PaneId} from '../layout/pane.ts';
import type {Contexts} from './contexts.ts';
import type {LogDesk} from './log-desk.ts';
import {type Memory, remember} from './memory.ts';
import {isReading, isReadingService, isSameScope, readContainer, readTask, type ScreenState} from './state.ts';
import {isSameRows} from './visible-rows.ts';

type EffectsOptions = {
	readonly sync: Pick<Sync, 'show' | 'showRows' | 'showInventory' | 'lookAt'>;
	readonly logs: LogDesk;
	readonly contexts: Contexts;
	readonly memory: Memory;
	readonly clock: Clock;
	readonly isMouseOn: boolean;
	/** Whether clicks are wanted now. */
	readonly wantsMouse: () => boolean;
	readonly setMouse: (isOn: boolean) => void;
	/** Told whose usage is on the screen, where anything leads to the engines that know it. */
	readonly watchUsage?: ((tasks: readonly TaskEntity[]) => void) | undefined;
	/** Told which lists of a node's inside are on the screen, and which container is read. */
	readonly contents?: InsideListener | undefined;
	/** The tasks in the window of their list; the ways to the nodes with them. */
	readonly shownTasks: () => {readonly tasks: readonly TaskEntity[]; readonly reach: unknown};
};

/** Whose tasks are shown is told to the sync once the cursor rests. */
const scopeRestMs = 120;

const nothing: readonly InventoryKind[] = [];
const networksAlone: readonly InventoryKind[] = ['networks'];
const noContents: readonly ContentKind[] = [];

export class Effects {
	readonly #options: EffectsOptions;
	#scope: TaskScope = {kind: 'none'};
	#rows = noRows;
	#inventory = nothing;
	#contents = noContents;
	#isListening = false;
	#task: string | undefined;
	#watched: readonly TaskEntity[] = [];
	#reach: unknown;
	#focus: PaneId | undefined;
	#hasMouse: boolean;
	#telling: TimerHandle | undefined;

	constructor(options: EffectsOptions) {
		this.#options = options;
		this.#hasMouse = options.isMouseOn;
	}

	/** Tells everybody what is on the screen now; those who know it already are not told again. */
	follow(state: ScreenState, rows: ShownRows): void {
		const {logs: opened, contexts, memory} = this.#options;
		const {logs, focus} = state;
		if (focus === 'contexts' && this.#focus !== focus) contexts.ask(false);
		this.#focus = focus;
		remember(state, memory);
		opened.want(logs.target, logs.range);
		this.#takeMouse(state);
		this.#showInventory(neededBy(state));
		this.#showContents(isKindId(focus) ? (kindOf(focus).ofNode ?? noContents) : noContents);
		this.#listen(focus === 'events');
		this.#options.contents?.lookAt(readContainer(state));
		this.#lookAt(readTask(state));
		this.#showRows(rows);
		this.#showTasks(state.tasks);
		this.#watchUsage();
	}

	close(): void {
		this.#telling?.cancel();
	}

	#showTasks(scope: TaskScope): void {
		if (isSameScope(scope, this.#scope)) return;
		const {clock, sync} = this.#options;
		this.#scope = scope;
		this.#telling?.cancel();
		this.#telling = clock.after(scopeRestMs, () => sync.show(scope));
	}

	#showRows(rows: ShownRows): void {
		if (isSameRows(rows, this.#rows)) return;
		this.#rows = rows;
		this.#options.sync.showRows(rows);
	}

	/** What the tasks in the window use is asked for, and nothing else. */
	#watchUsage(): void {
		const {watchUsage, shownTasks} = this.#options;
		if (!watchUsage) return;
		const {tasks, reach} = shownTasks();
		const isSame = reach === this.#reach && isSameList(tasks, this.#watched);
		if (reach === undefined || isSame) return;
		this.#reach = reach;
		this.#watched = tasks;
		watchUsage(tasks);
	}

	#showInventory(kinds: readonly InventoryKind[]): void {
		if (kinds === this.#inventory) return;
		this.#inventory = kinds;
		this.#options.sync.showInventory(kinds);
	}

	#showContents(kinds: readonly ContentKind[]): void {
		if (kinds === this.#contents) return;
		this.#contents = kinds;
		this.#options.contents?.show(kinds);
	}

	#listen(isListening: boolean): void {
		if (isListening === this.#isListening) return;
		this.#isListening = isListening;
		this.#options.contents?.listen(isListening);
	}

	#lookAt(taskId: string | undefined): void {
		if (taskId === this.#task) return;
		this.#task = taskId;
		this.#options.sync.lookAt(taskId);
	}

	/** What is read is what one wants to select and copy: over a text the mouse is the terminal's own. */
	#takeMouse(state: ScreenState): void {
		const wants = this.#options.wantsMouse() && !isReading(state);
		if (wants === this.#hasMouse) return;
		this.#hasMouse = wants;
		this.#options.setMouse(wants);
	}
}

/** What a form lets choose from is listed while it is open, below a plan too. */
function neededBy(state: ScreenState): readonly InventoryKind[] {
	const {focus, overlays} = state;
	const form = overlays.findLast((overlay) => overlay.kind === 'form');
	if (form?.spec.needs) return form.spec.needs;
	if (isReadingService(state)) return networksAlone;
	return isKindId(focus) ? (kindOf(focus).needs ?? nothing) : nothing;
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.length === b.length && a.every((each, index) => each === b[index]);
}
