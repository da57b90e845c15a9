/** What a bench is, and how its measurements are held against their budgets. Pure; run.ts does the rest. */
import budgets from './budgets.json' with {type: 'json'};

type BudgetName = keyof typeof budgets;

/** One number, measured. Its unit and its limit stand in budgets.json under the same name. */
export type Measurement = {
	readonly budget: BudgetName;
	readonly value: number;
	/** What else is worth knowing: the median, the load, the terminal's size. */
	readonly note?: string;
};

/**
 * A file in benches/ exports one of these as `bench`. It starts what it needs, ends what it started, and says `skipped`
 * with the reason where the machine lacks something (a real engine, a terminal).
 */
export type Bench = {
	readonly name: string;
	readonly run: () => Promise<readonly Measurement[] | {readonly skipped: string}>;
};

export type Verdict = Measurement & {
	readonly what: string;
	readonly unit: string;
	readonly atMost: number;
	readonly isKept: boolean;
};

export function judge(measurement: Measurement): Verdict {
	const budget = budgets[measurement.budget];
	return {...measurement, ...budget, isKept: measurement.value <= budget.atMost};
}

/** Budgets that no measurement was taken for, so that none is lost from sight. */
export function unmeasured(measurements: readonly Measurement[]): BudgetName[] {
	const measured = new Set(measurements.map((measurement) => measurement.budget));
	return (Object.keys(budgets) as BudgetName[]).filter((name) => !measured.has(name));
}

/** A table for people: what, value, budget, verdict. */
export function toTable(verdicts: readonly Verdict[]): string {
	const rows = verdicts.map(({what, value, unit, atMost, isKept, note}) => [
		isKept ? 'ok' : 'BROKEN',
		`${rounded(value)} ${unit}`,
		`${atMost} ${unit}`,
		note === undefined ? what : `${what} (${note})`,
	]);
	const table = [['', 'measured', 'at most', 'what'], ...rows];
	const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
	return table
		.map((row) =>
			row
				.map((cell, column) =>
					column === 0 || column === 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
				)
				.join('  '),
		)
		.map((line) => line.trimEnd())
		.join('\n');
}

function rounded(value: number): string {
	return value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(3);
}
