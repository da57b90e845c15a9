/** The sign of a service on the map: two characters and a colour. The characters alone tell services apart. */
import type {ServiceEntity} from '../../cluster/model.ts';
import {memoized} from '../../runtime/memoized.ts';
import {fitCells} from '../../text/fit.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';

export type Sign = {
	/** Two cells wide, or as wide as a map with more room wants it. */
	readonly code: SafeText;
	/** Counts on through the theme's speakers. */
	readonly colour: number;
};

/** Of a service that is gone. */
export const strangerSign: Sign = {code: toSafeText('??'), colour: 0};

const fillers = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A sign for every service, by its ID. Beyond some hundreds of services signs repeat: their colours and the legend help. */
export const signsOf = memoized((services: ReadonlyMap<string, ServiceEntity>): ReadonlyMap<string, Sign> => {
	const taken = new Set<string>();
	const byName = [...services.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
	return new Map(
		byName.map((service, place) => {
			const code = codeFor(service, place, taken);
			taken.add(code);
			return [service.id, {code: toSafeText(code), colour: place}];
		}),
	);
});

/** The first letter with the next one of the name that is still free: `we` for shop_web, `wo` for shop_worker. */
function codeFor({name}: ServiceEntity, place: number, taken: ReadonlySet<string>): string {
	// Without the stack, which many services share.
	const own = name.slice(name.indexOf('_') + 1);
	const letters = own.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
	const first = letters.charAt(0) || 'x';
	const seconds = [...letters.slice(1), ...fillers];
	const free = seconds.find((second) => !taken.has(first + second));
	if (free !== undefined) return first + free;
	// So many begin alike that letters tell nothing: neighbours at least differ.
	return (place % fillers.length ** 2).toString(fillers.length).padStart(2, '0');
}

/**
 * Signs with as much of the names as fits into so many cells; where that does not tell two apart, their short codes.
 * @param cells 2 for the short codes
 */
export function wideSigns(
	services: ReadonlyMap<string, ServiceEntity>,
	cells: number,
	ellipsis: string,
): ReadonlyMap<string, Sign> {
	const short = signsOf(services);
	if (cells <= shortCells) return short;
	const texts = new Map(
		[...services.values()].map(({id, name}) => {
			const own = name.slice(name.indexOf('_') + 1) as SafeText;
			return [id, fitCells(own, cells, 'left', {from: 'middle', ellipsis})];
		}),
	);
	const uses = Map.groupBy(texts.values(), (text) => text);
	return new Map(
		[...short].map(([id, {code, colour}]) => {
			const text = texts.get(id);
			const isAlone = text !== undefined && uses.get(text)?.length === 1;
			return [id, {code: isAlone ? text : fitCells(code, cells), colour}];
		}),
	);
}

const shortCells = 2;
/** Steps, so that one more task does not change how every block looks. */
const widths = [12, 8, 5];

/** How wide signs can be where so many blocks have to lie side by side. */
export function signCells(blocks: number, room: number): number {
	return widths.find((cells) => blocks * (cells + 1) <= room) ?? shortCells;
}
