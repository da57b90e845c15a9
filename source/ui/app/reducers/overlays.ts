import type {ScreenEvent} from '../events.ts';
import type {Overlay} from '../overlay.ts';

/** What lies over the panes; the last one is on top. */
export function reduceOverlays(overlays: readonly Overlay[], event: ScreenEvent): readonly Overlay[] {
	switch (event.type) {
		case 'overlay/opened':
			return [...overlays, event.overlay];
		case 'overlay/changed':
			return [...overlays.slice(0, -1), event.overlay];
		case 'overlay/changedAt':
			return overlays.with(event.index, event.overlay);
		case 'overlay/closedAt':
			return overlays.toSpliced(event.index, 1);
		case 'overlay/closed':
			return overlays.slice(0, -1);
		default:
			return overlays;
	}
}
