import type {Machine} from '../../../cluster/forecast/what-if.ts';
import {parseBytes, parseCpus} from '../../../compose/units.ts';
import {failed, ok, type Result} from '../../../runtime/result.ts';
import type {FlagValues} from '../../command-line/declaration.ts';
import {badValue, machineNeeds} from '../messages.ts';

/** The flags that describe a machine which is only imagined. */
export const machineFlags = {
	nodes: {title: 'how many of them', value: 'N'},
	cpus: {title: 'the CPUs of each', value: 'CPUS'},
	memory: {title: 'the memory of each', value: 'BYTES'},
	label: {title: 'a label of each', value: 'NAME=VALUE', isMultiple: true},
} as const;

export type Machines = {readonly count: number; readonly machine: Machine};

const mostNodes = 1000;

/** Undefined where none is described. */
export function machinesIn(flags: FlagValues<typeof machineFlags>): Result<Machines | undefined, string> {
	const {nodes, cpus, memory, label = []} = flags;
	if (nodes === undefined && cpus === undefined && memory === undefined && label.length === 0) return ok(undefined);
	if (cpus === undefined || memory === undefined) return failed(machineNeeds);
	const count = Number(nodes ?? '1');
	if (!Number.isInteger(count) || count < 1 || count > mostNodes)
		return failed(badValue('nodes', nodes ?? '', `a number from 1 to ${mostNodes}`));
	const nanoCpus = parseCpus(cpus);
	if (nanoCpus === undefined) return failed(badValue('cpus', cpus, 'a number of CPUs, as 4'));
	const memoryBytes = parseBytes(memory);
	if (memoryBytes === undefined) return failed(badValue('memory', memory, 'a size, as 16g'));
	const labels: Record<string, string> = {};
	for (const each of label) {
		const [, key, value = ''] = /^([^=]+)(?:=(.*))?$/s.exec(each) ?? [];
		if (key === undefined) return failed(badValue('label', each, 'NAME=VALUE'));
		labels[key] = value;
	}
	return ok({count, machine: {nanoCpus, memoryBytes, labels}});
}
