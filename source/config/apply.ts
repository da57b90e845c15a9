/** What a configuration makes of the program's own tables. */
import type {ColumnArrangement, Config} from './config.ts';

/** The bindings with the user's keys. What is bound to none stays in the table, for the palette. */
export function withOwnKeys<Binding extends {readonly id: string; readonly keys: readonly string[]}>(
	bindings: readonly Binding[],
	{keys}: Pick<Config, 'keys'>,
): Binding[] {
	return bindings.map((binding) => {
		const own = keys.get(binding.id);
		return own === undefined ? binding : {...binding, keys: own};
	});
}

/** The columns in the user's order, without the hidden ones. The first of the table is what the row is: it stays. */
export function arranged<Column extends {readonly id: string}>(
	columns: readonly Column[],
	arrangement: ColumnArrangement | undefined,
): readonly Column[] {
	if (!arrangement) return columns;
	const [identity] = columns;
	const {order, hidden} = arrangement;
	const first = order.flatMap((id) => columns.filter((column) => column.id === id));
	const all = [...new Set([...first, ...columns])];
	return all.filter((column) => column === identity || !hidden.includes(column.id));
}
