/** Columns of what things use: there only where a way leads to the engines that know it; blank for what was not asked. */
import type {ClusterState} from '../../cluster/model.ts';
import type {Used} from '../../cluster/usage-sums.ts';
import {bytes, percent} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Column} from '../table/column.ts';

/** Nearer to its limit than this is told in colour; so is being held back for so much of the time. */
const nearLimit = 0.9;
const oftenThrottled = 0.25;
const blank = toSafeText('');

/** `60%`, of one CPU 100. */
export const percentText = (value: number | undefined): SafeText => (value === undefined ? blank : percent(value));

/** Bytes a second there and back. */
const ratesText = (there: number | undefined, back: number | undefined): SafeText =>
	there === undefined || back === undefined ? blank : safe`${bytes(there)}/${bytes(back)}`;

const share = (part: number, whole: number | undefined): number | undefined =>
	whole ? (part / whole) * 100 : undefined;

const ofLimit = ({memoryBytes, memoryLimit}: Used): number | undefined => share(memoryBytes, memoryLimit);
const ofReserved = ({memoryBytes, reserved}: Used): number | undefined => share(memoryBytes, reserved?.memoryBytes);
const netOf = ({network}: Used): number | undefined => network && network.received + network.sent;
const diskOf = ({disk}: Used): number | undefined => disk && disk.read + disk.written;

type Part = {
	readonly id: string;
	readonly title: string;
	readonly width: number;
	/** Added to that of the first: the others give way before it. */
	readonly after: number;
	readonly text: (used: Used) => SafeText;
	/** What the list is sorted by, the greatest first. */
	readonly amount: (used: Used) => number | undefined;
	readonly isWarned?: (used: Used) => boolean;
	readonly yields?: 'always';
};

const isNearLimit = (used: Used): boolean => (ofLimit(used) ?? 0) > nearLimit * 100;

const parts: readonly Part[] = [
	{
		id: 'cpu-used',
		title: 'CPU',
		width: 5,
		after: 0,
		text: ({cpuPercent}) => percentText(cpuPercent),
		amount: ({cpuPercent}) => cpuPercent,
		isWarned: ({throttled}) => (throttled ?? 0) > oftenThrottled,
	},
	{
		id: 'mem-used',
		title: 'MEM',
		width: 7,
		after: 1,
		text: ({memoryBytes}) => bytes(memoryBytes),
		amount: ({memoryBytes}) => memoryBytes,
		isWarned: isNearLimit,
	},
	{
		id: 'mem-of-limit',
		title: 'OF LIMIT',
		width: 9,
		after: 6,
		text: (used) => percentText(ofLimit(used)),
		amount: ofLimit,
		isWarned: isNearLimit,
		yields: 'always',
	},
	{
		id: 'mem-of-reserved',
		title: 'OF RES',
		width: 7,
		after: 6,
		text: (used) => percentText(ofReserved(used)),
		amount: ofReserved,
		yields: 'always',
	},
	{
		id: 'net',
		title: 'NET/S',
		width: 15,
		after: 7,
		text: ({network}) => ratesText(network?.received, network?.sent),
		amount: netOf,
		yields: 'always',
	},
	{
		id: 'disk',
		title: 'DISK/S',
		width: 15,
		after: 7,
		text: ({disk}) => ratesText(disk?.read, disk?.written),
		amount: diskOf,
		yields: 'always',
	},
];

export const usageColumnIds: readonly string[] = parts.map(({id}) => id);

/** @param priority of the first of them */
export function usageColumns<Row>(
	usageOf: (cluster: ClusterState, row: Row) => Used | undefined,
	priority: number,
): readonly Column<Row>[] {
	return parts.map(({id, title, width, after, text, amount, isWarned, yields}): Column<Row> => {
		const amountOf = (row: Row, cluster: ClusterState): number => {
			const used = usageOf(cluster, row);
			return (used && amount(used)) ?? Number.NEGATIVE_INFINITY;
		};
		return {
			id,
			title: toSafeText(title),
			width,
			align: 'right',
			priority: priority + after,
			...(yields && {yields}),
			isShown: ({inside}) => inside !== undefined,
			value(row, {cluster}) {
				const used = usageOf(cluster, row);
				return used ? text(used) : blank;
			},
			role(row, {cluster}) {
				const used = usageOf(cluster, row);
				return used && isWarned?.(used) ? 'warning' : undefined;
			},
			// What uses most comes first; what was not asked comes last.
			compareIn: (cluster) => (a, b) => {
				const [first, second] = [amountOf(a, cluster), amountOf(b, cluster)];
				return first === second ? 0 : second - first;
			},
		};
	});
}
