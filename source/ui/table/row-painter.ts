/** Remembers the lines of the rows in the window, so that a key press formats only the rows that it brings into view. */
import {isWell} from '../../cluster/entities/health.ts';
import type {ClusterState} from '../../cluster/model.ts';
import type {SafeText, StyledText} from '../../text/safe-text.ts';
import type {Environment} from '../app/environment.ts';
import type {Kind} from '../kinds/kind.ts';
import type {Listed} from '../kinds/scope.ts';
import type {Theme} from '../theme/theme.ts';
import {AgeReader} from './age-reader.ts';
import type {FittedColumn} from './column.ts';
import {rowLine} from './table-lines.ts';

type Painted = {
	readonly row: Listed;
	/** What the nodes' engines said of it then. */
	readonly inside: ClusterState['inside'];
	readonly progress: SafeText | undefined;
	readonly isMarked: boolean;
	readonly cluster: ClusterState;
	/** When one of its ages will read differently. */
	readonly until: number;
	readonly line: StyledText;
};

export class RowPainter {
	#columns: readonly FittedColumn<Listed>[] = [];
	#width = 0;
	#theme: Theme | undefined;
	#before = new Map<string, Painted>();
	#now = new Map<string, Painted>();

	/** Starts a frame. What was not painted in the last one is forgotten. */
	begin(columns: readonly FittedColumn<Listed>[], width: number): this {
		const isSame = columns === this.#columns && width === this.#width;
		this.#before = isSame ? this.#now : new Map();
		this.#now = new Map();
		this.#columns = columns;
		this.#width = width;
		return this;
	}

	/** The row's line without the mark of its selection. */
	line(row: Listed, kind: Kind<Listed>, isMarked: boolean, environment: Environment): StyledText {
		const {theme, now, ages} = environment;
		if (theme !== this.#theme) this.#before.clear();
		this.#theme = theme;
		const progress = environment.progressOf(row.id);
		const before = this.#before.get(row.id);
		const isFresh =
			before?.row === row &&
			before.inside === environment.cluster.inside &&
			before.progress === progress &&
			before.isMarked === isMarked &&
			// Why a row is in trouble is told by other objects too: its tasks, the nodes, the networks.
			(before.cluster === environment.cluster || isWell(row)) &&
			now < before.until;
		const painted = isFresh ? before : this.#paint(row, kind, {progress, isMarked}, environment);
		this.#now.set(row.id, painted);
		ages.expire(painted.until);
		return painted.line;
	}

	#paint(
		row: Listed,
		kind: Kind<Listed>,
		{progress, isMarked}: Pick<Painted, 'progress' | 'isMarked'>,
		{cluster, theme, now, progressOf, keyOf}: Environment,
	): Painted {
		const ages = new AgeReader(now);
		const isPast = kind.isPast?.(row) ?? false;
		const inSeconds = row.health === 'converging';
		const line = rowLine(
			row,
			this.#columns,
			{health: row.health, isDim: isPast, isMarked, progress},
			{cluster, theme, progressOf, keyOf, age: (since) => ages.read(since, {inSeconds})},
			this.#width,
		);
		return {row, inside: cluster.inside, progress, isMarked, cluster, until: ages.changesAt, line};
	}
}
