import type {Clock} from '../../runtime/clock.ts';
import type {ShownRows} from '../model.ts';
import type {LiveStore} from '../store/store.ts';
import type {Lists} from './lists.ts';
import {servicesCost} from './pace.ts';
import {Rotation} from './rotation.ts';

type ServiceListsOptions = {
	readonly store: LiveStore;
	readonly clock: Clock;
	readonly lists: () => Lists;
	readonly rows: () => ShownRows;
	/** Without them only the whole list tells what is new. */
	readonly hasEvents: () => boolean;
};

/** More services than that are not asked for all at once, but round and round, so many at a time: a query has its length. */
const atOnce = 150;
const atOnceBytes = 4 << 20;
/** A list of so many services comes often enough for what is visible. */
const oftenListedBytes = 640 << 10;

/** Which services to ask for next: all where that is cheap or needed, else what is visible, and the hidden ones in turns. */
export class ServiceLists {
	readonly #options: ServiceListsOptions;
	readonly #rotation = new Rotation();
	#wantsAll = false;
	/** When all were listed, and when each of the turns since then was, as far back as it takes to go round. */
	#turns: number[] = [];

	constructor(options: ServiceListsOptions) {
		this.#options = options;
	}

	/** The next list is one of all services, as after many changes. */
	wantAll(): void {
		this.#wantsAll = true;
	}

	/** Whether the next list is one of all services. */
	get isAll(): boolean {
		return this.#wantsAll || !this.#options.hasEvents() || servicesCost(this.#size) <= atOnceBytes;
	}

	get costBytes(): number {
		return servicesCost(this.isAll ? this.#size : atOnce);
	}

	async listNext(): Promise<void> {
		const {store, lists, rows, clock} = this.#options;
		const {isAll} = this;
		this.#wantsAll = false;
		const now = clock.now();
		if (isAll) {
			await lists().services();
			this.#turns = [now];
			store.setFreshness({hiddenSince: undefined});
			return;
		}
		const visible = new Set(rows().services);
		await lists().servicesById(this.#rotation.next(store.getState().services.keys(), visible, atOnce));
		this.#turns = [...this.#turns, now].slice(-Math.ceil(this.#size / atOnce));
		store.setFreshness({hiddenSince: this.#turns[0]});
	}

	/** The services on the screen, where the lists of all come too seldom for them. */
	async listVisible(): Promise<void> {
		const {store, lists, rows} = this.#options;
		if (servicesCost(this.#size) <= oftenListedBytes) return;
		const {services} = store.getState();
		await lists().servicesById(rows().services.filter((id) => services.has(id)));
	}

	get #size(): number {
		return this.#options.store.getState().services.size;
	}
}
