// `npm run bench [NAME...]`: runs the benches (all, or those whose name holds one of the words), prints their numbers
// beside the budgets, and ends with code 1 when a budget is broken. Benches run one after the other: they share a machine.
import {readdirSync} from 'node:fs';
import {loadavg} from 'node:os';
import path from 'node:path';
import {judge, toTable, unmeasured} from './bench.ts';

const words = process.argv.slice(2);
const folder = path.join(import.meta.dirname, 'benches');
const verdicts = [];
let hasFailed = false;
for (const file of readdirSync(folder)
	.filter((name) => name.endsWith('.bench.ts'))
	.sort()) {
	const {bench} = await import(path.join(folder, file));
	if (words.length > 0 && !words.some((word) => bench.name.includes(word))) continue;
	process.stderr.write(`${bench.name} ...\n`);
	const outcome = await bench.run().catch((cause) => {
		// The numbers of the others are not lost for it.
		hasFailed = true;
		return {skipped: cause instanceof Error ? cause.message : String(cause)};
	});
	if ('skipped' in outcome) process.stdout.write(`skipped: ${bench.name}: ${outcome.skipped}\n`);
	else verdicts.push(...outcome.map(underLoad).map(judge));
}
process.stdout.write(`${toTable(verdicts)}\n`);
const missing = words.length > 0 ? [] : unmeasured(verdicts);
if (missing.length > 0) process.stdout.write(`not measured: ${missing.join(', ')}\n`);
process.exitCode = !hasFailed && verdicts.every((verdict) => verdict.isKept) ? 0 : 1;

/** Others may work on the machine: how much there was to do beside each number, by the kernel's average of a minute. */
function underLoad(measurement) {
	const load = `load ${loadavg()[0].toFixed(1)}`;
	return {...measurement, note: measurement.note === undefined ? load : `${measurement.note}, ${load}`};
}
