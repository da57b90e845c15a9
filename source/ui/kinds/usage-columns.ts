/** Columns of what things use: there only where a way leads to the engines that know it; blank for what was not asked. */
import type {ClusterState} from '../../cluster/model.ts';
import {bytes} from '../../text/format.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Column} from '../table/column.ts';

type Used = {
	readonly cpuPercent: number | undefined;
	readonly memoryBytes: number;
	readonly memoryLimit?: number | undefined;
};

/** Nearer to its limit than this is told in colour. */
const nearLimit = 0.9;
const blank = toSafeText('');

/** `60%`, of one CPU 100. */
export const percentText = (percent: number | undefined): SafeText =>
	percent === undefined ? blank : toSafeText(`${percent < 9.95 ? percent.toFixed(1) : Math.round(percent)}%`);

export function usageColumns<Row>(
	usageOf: (row: Row, cluster: ClusterState) => Used | undefined,
	priority: number,
): readonly Column<Row>[] {
	const isShown = ({inside}: ClusterState): boolean => inside !== undefined;
	return [
		{
			id: 'cpu-used',
			title: toSafeText('CPU'),
			width: 5,
			align: 'right',
			priority,
			isShown,
			value: (row, {cluster}) => percentText(usageOf(row, cluster)?.cpuPercent),
		},
		{
			id: 'mem-used',
			title: toSafeText('MEM'),
			width: 7,
			align: 'right',
			priority: priority + 1,
			isShown,
			value(row, {cluster}) {
				const used = usageOf(row, cluster);
				return used ? bytes(used.memoryBytes) : blank;
			},
			role(row, {cluster}) {
				const used = usageOf(row, cluster);
				return used?.memoryLimit && used.memoryBytes > used.memoryLimit * nearLimit ? 'warning' : undefined;
			},
		},
	];
}
