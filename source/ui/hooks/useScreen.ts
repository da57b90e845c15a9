import {createContext, useContext, useRef, useSyncExternalStore} from 'react';
import type {ScreenSnapshot, SnapshotSource} from '../app/snapshot.ts';

export const ScreenContext = createContext<SnapshotSource | undefined>(undefined);

/**
 * A slice of what the screen shows: the component is drawn again when that slice is another one, whatever else changes.
 * @param isSame what counts as the same slice; see {@link isSameParts} for slices of several parts
 */
export function useScreen<Slice>(
	select: (screen: ScreenSnapshot) => Slice,
	isSame: (a: Slice, b: Slice) => boolean = Object.is,
): Slice {
	const source = useContext(ScreenContext);
	if (!source) throw new Error('useScreen needs a ScreenContext above it');
	const last = useRef<{readonly value: Slice} | undefined>(undefined);
	const read = (): Slice => {
		const value = select(source.getSnapshot());
		if (last.current && isSame(last.current.value, value)) return last.current.value;
		last.current = {value};
		return value;
	};
	return useSyncExternalStore(source.subscribe, read);
}

/** Whether all parts of two slices are the same objects. */
export function isSameParts<Slice extends object>(a: Slice, b: Slice): boolean {
	const before: readonly unknown[] = Object.values(a);
	const now: readonly unknown[] = Object.values(b);
	return before.length === now.length && before.every((part, index) => Object.is(part, now[index]));
}
