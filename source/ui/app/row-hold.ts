/** Rows keep their places while the cursor is being moved: what one is about to land on must not move away. */
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {ScreenModel} from './screen-model.ts';

/** For as long after the last step. */
const restMs = 1500;

export class RowHold {
	readonly #model: Pick<ScreenModel, 'held' | 'release'>;
	readonly #clock: Clock;
	readonly #onRelease: () => void;
	#timer: TimerHandle | undefined;

	constructor(model: Pick<ScreenModel, 'held' | 'release'>, clock: Clock, onRelease: () => void) {
		this.#model = model;
		this.#clock = clock;
		this.#onRelease = onRelease;
	}

	/** Something was pressed: where it moved a cursor, the time begins anew. */
	begin(): void {
		if (this.#model.held === undefined) return;
		this.close();
		this.#timer = this.#clock.after(restMs, () => {
			this.#timer = undefined;
			this.#model.release();
			this.#onRelease();
		});
	}

	close(): void {
		this.#timer?.cancel();
	}
}
