import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {Stamps, VersionedTable} from '../../source/cluster/store/versioned-table.ts';

type Thing = {id: string; version: number; note: string};
const thing = (id: string, version: number, note = ''): Thing => ({id, version, note});

function table(): {things: VersionedTable<Thing>; stamps: Stamps} {
	const stamps = new Stamps();
	return {stamps, things: new VersionedTable<Thing>(stamps, (a, b) => a.note === b.note)};
}

describe('a table of versioned objects', () => {
	it('keeps the newer version, whichever answer comes last', () => {
		const {things} = table();
		expect(things.merge(thing('a', 5), 1)).toBe(true);
		expect(things.merge(thing('a', 4), 2)).toBe(false);
		expect(things.get('a')?.version).toBe(5);
	});

	it('takes what the engine computes as it answers from the later request', () => {
		const {things} = table();
		things.merge(thing('a', 5, 'reachable'), 2);
		expect(things.merge(thing('a', 5, 'unreachable'), 1)).toBe(false);
		expect(things.merge(thing('a', 5, 'unreachable'), 3)).toBe(true);
		expect(things.get('a')?.note).toBe('unreachable');
	});

	it('keeps the very same value when nothing changed', () => {
		const {things} = table();
		things.merge(thing('a', 5), 1);
		const before = things.get('a');
		expect(things.merge(thing('a', 5), 2)).toBe(false);
		expect(things.get('a')).toBe(before);
	});

	it('tells what it knows already, and takes note that a request has seen it', () => {
		const {things, stamps} = table();
		things.merge(thing('a', 5), stamps.next());
		const list = stamps.next();
		expect(things.knows('a', 5, list)).toBe(true);
		expect(things.knows('a', 6, list)).toBe(false);
		expect(things.removeUnseen(['a'], list, 9)).toEqual([]);
	});

	it('removes what a list that was asked for later no longer holds', () => {
		const {things, stamps} = table();
		things.merge(thing('a', 5), stamps.next());
		expect(things.removeUnseen(['a'], stamps.next(), -1)).toEqual([thing('a', 5)]);
	});

	it('does not bring back what was removed', () => {
		const {things} = table();
		things.merge(thing('a', 5), 1);
		things.remove('a');
		expect(things.merge(thing('a', 6), 2)).toBe(false);
		expect(things.size).toBe(0);
	});

	it('does not take for removed what may have been created after the list was taken', () => {
		const {things, stamps} = table();
		const early = stamps.next();
		const list = stamps.next();
		things.merge(thing('new', 9), early);
		expect(things.removeUnseen(['new'], list, 8)).toEqual([]);
	});

	it('does not let an answer that was on its way show what a list no longer has', () => {
		const {things, stamps} = table();
		const single = stamps.next();
		const list = stamps.next();
		things.merge(thing('b', 8), list);
		things.completed(8);
		expect(things.merge(thing('a', 5), single)).toBe(false);
		expect(things.merge(thing('younger', 9), single)).toBe(true);
	});
});

/** A server whose objects are written and removed at raft indexes, and requests that read it at some moment of theirs. */
type Op =
	| {kind: 'write'; id: string}
	| {kind: 'remove'; id: string}
	| {kind: 'send'; what: 'list' | string}
	| {kind: 'evaluate'; pick: number}
	| {kind: 'answer'; pick: number};

const ids = fc.constantFrom('a', 'b', 'c', 'd');
const op: fc.Arbitrary<Op> = fc.oneof(
	fc.record({kind: fc.constant('write' as const), id: ids}),
	fc.record({kind: fc.constant('remove' as const), id: ids}),
	fc.record({kind: fc.constant('send' as const), what: fc.oneof(fc.constant('list' as const), ids)}),
	fc.record({kind: fc.constant('evaluate' as const), pick: fc.nat(5)}),
	fc.record({kind: fc.constant('answer' as const), pick: fc.nat(5)}),
);

type Request = {what: string; stamp: number; seen: Thing[] | undefined};

class Race {
	readonly server = new Map<string, Thing>();
	readonly stamps = new Stamps();
	readonly things = new VersionedTable<Thing>(this.stamps, () => true);
	readonly removalsKnown = new Set<string>();
	/** IDs are never used again: each life of `a` has its own. */
	readonly #lives = new Map<string, number>();
	readonly #requests: Request[] = [];
	#index = 0;

	run(step: Op): void {
		if (step.kind === 'write') this.#write(step.id);
		else if (step.kind === 'remove') this.#remove(step.id);
		else if (step.kind === 'send') this.send(step.what);
		else if (step.kind === 'evaluate') this.#evaluate(this.#requests[step.pick]);
		else this.#answer(this.#requests[step.pick]);
	}

	send(what: string): void {
		const id = what === 'list' ? what : this.#alive(what);
		this.#requests.push({what: id, stamp: this.stamps.next(), seen: undefined});
	}

	settle(picks: readonly number[]): void {
		for (const pick of picks) this.#answer(this.#requests[pick % Math.max(1, this.#requests.length)]);
		while (this.#requests[0]) this.#answer(this.#requests[0]);
	}

	#alive(id: string): string {
		return `${id}${this.#lives.get(id) ?? 0}`;
	}

	#write(id: string): void {
		this.server.set(this.#alive(id), thing(this.#alive(id), ++this.#index));
	}

	#remove(id: string): void {
		this.#index++;
		this.server.delete(this.#alive(id));
		this.#lives.set(id, (this.#lives.get(id) ?? 0) + 1);
	}

	#evaluate(request: Request | undefined): void {
		if (!request || request.seen) return;
		request.seen =
			request.what === 'list'
				? [...this.server.values()]
				: [this.server.get(request.what)].filter((found) => found !== undefined);
	}

	#answer(request: Request | undefined): void {
		if (!request) return;
		this.#evaluate(request);
		this.#requests.splice(this.#requests.indexOf(request), 1);
		const {things} = this;
		for (const seen of request.seen ?? []) things.merge(seen, request.stamp);
		if (request.what !== 'list') return;
		const newest = Math.max(-1, ...(request.seen ?? []).map((seen) => seen.version));
		for (const gone of things.removeUnseen(things.ids(), request.stamp, newest)) this.removalsKnown.add(gone.id);
		things.completed(newest);
	}
}

describe('any interleaving of lists, single fetches and changes', () => {
	it('never takes an object back to an older version, nor back from the dead', () => {
		fc.assert(
			fc.property(fc.array(op, {maxLength: 80}), (steps) => {
				const race = new Race();
				const versions = new Map<string, number>();
				for (const step of steps) {
					race.run(step);
					for (const {id, version} of race.things.values()) {
						expect(version).toBeGreaterThanOrEqual(versions.get(id) ?? 0);
						expect(race.removalsKnown.has(id)).toBe(false);
						versions.set(id, version);
					}
				}
			}),
		);
	});

	it('ends as the server stands once the last list was asked for after the last change', () => {
		fc.assert(
			fc.property(fc.array(op, {maxLength: 60}), fc.array(fc.nat(20)), (steps, picks) => {
				const race = new Race();
				for (const step of steps) race.run(step);
				// A write that the last list sees, so that it has seen everything before.
				race.run({kind: 'write', id: 'z'});
				race.send('list');
				race.settle(picks);
				expect(new Map([...race.things.values()].map((value) => [value.id, value]))).toEqual(race.server);
			}),
		);
	});
});
