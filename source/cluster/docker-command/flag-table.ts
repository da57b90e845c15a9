/** Every part of a service's spec that `docker service update` has a flag for (docker/cli cli/command/service/update.go). */
import {splitWords} from '../../text/shell-words.ts';
import {durationWord, type FlagRow, flags, numberFlag, pointerFlag, row, switchFlag, textFlag} from './flag-row.ts';
import {
	capabilitiesRow,
	forceRow,
	healthcheckRow,
	logDriverRow,
	maxReplicasRow,
	replicasRow,
	restartPolicyRow,
	updateConfigRow,
} from './group-rows.ts';
import {
	dnsRow,
	environmentRow,
	genericResourcesRow,
	hostsRow,
	isSysctl,
	preferencesRow,
	textList,
	textMap,
	ulimitsRow,
} from './list-rows.ts';
import {configsRow, mountsRow, networksRow, portsRow, secretsRow} from './record-rows.ts';

const container = 'TaskTemplate.ContainerSpec';
const limits = 'TaskTemplate.Resources.Limits';
const reservations = 'TaskTemplate.Resources.Reservations';

/** All digits: docker reads a fraction of at most nine of them. */
function cpuWord(nano: number): string {
	const [whole, fraction] = [
		Math.trunc(nano / 1e9),
		String(nano % 1e9)
			.padStart(9, '0')
			.replace(/0+$/, ''),
	];
	return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

const splitFlag = (path: string, name: string): FlagRow =>
	row<readonly string[]>(path, (_, to = []) => flags([`--${name}`, splitWords(to)], to));

export const imageRow = textFlag(`${container}.Image`, 'image');
export const argumentsRow = splitFlag(`${container}.Args`, 'args');

/** In the order in which they stand on the command line. */
export const flagTable: readonly FlagRow[] = [
	imageRow,
	splitFlag(`${container}.Command`, 'entrypoint'),
	argumentsRow,
	replicasRow,
	environmentRow,
	textMap('Labels', 'label'),
	textMap(`${container}.Labels`, 'container-label'),
	portsRow,
	networksRow,
	mountsRow,
	secretsRow,
	configsRow,
	textList('TaskTemplate.Placement.Constraints', 'constraint'),
	preferencesRow,
	maxReplicasRow,
	numberFlag(`${limits}.NanoCPUs`, 'limit-cpu', cpuWord),
	numberFlag(`${limits}.MemoryBytes`, 'limit-memory'),
	numberFlag(`${limits}.Pids`, 'limit-pids'),
	numberFlag(`${reservations}.NanoCPUs`, 'reserve-cpu', cpuWord),
	numberFlag(`${reservations}.MemoryBytes`, 'reserve-memory'),
	genericResourcesRow,
	textFlag(`${container}.Hostname`, 'hostname'),
	textFlag(`${container}.Dir`, 'workdir'),
	textFlag(`${container}.User`, 'user'),
	textList(`${container}.Groups`, 'group'),
	hostsRow,
	dnsRow,
	switchFlag(`${container}.TTY`, 'tty'),
	switchFlag(`${container}.ReadOnly`, 'read-only'),
	pointerFlag<boolean>(`${container}.Init`, (value) => [value ? '--init' : '--init=false']),
	textFlag(`${container}.StopSignal`, 'stop-signal'),
	pointerFlag<number>(`${container}.StopGracePeriod`, (value) => ['--stop-grace-period', durationWord(value)]),
	textFlag(`${container}.Isolation`, 'isolation'),
	textMap(`${container}.Sysctls`, 'sysctl', isSysctl),
	ulimitsRow,
	numberFlag(`${container}.OomScoreAdj`, 'oom-score-adj'),
	capabilitiesRow,
	healthcheckRow,
	restartPolicyRow,
	updateConfigRow('UpdateConfig', 'update'),
	updateConfigRow('RollbackConfig', 'rollback'),
	textFlag('EndpointSpec.Mode', 'endpoint-mode'),
	logDriverRow,
	forceRow,
];
