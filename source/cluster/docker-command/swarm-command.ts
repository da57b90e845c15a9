/** What changes in the swarm's settings, as the docker command that changes just that. */
import {toSafeText} from '../../text/safe-text.ts';
import {shellLine} from '../../text/shell-words.ts';
import type {SwarmSpec} from '../../wire/swarm.ts';
import {changesBetween} from '../edit/changes.ts';
import {leavesOut} from './messages.ts';
import type {DockerCommand} from './service-command.ts';

/** What `docker swarm update` can set, by the path in the spec. */
const flags: Readonly<Record<string, (value: unknown) => readonly string[]>> = {
	'Orchestration.TaskHistoryRetentionLimit': (value) => ['--task-history-limit', String(value ?? 0)],
	'Raft.SnapshotInterval': (value) => ['--snapshot-interval', String(value ?? 0)],
	'Raft.KeepOldSnapshots': (value) => ['--max-snapshots', String(value ?? 0)],
	'Dispatcher.HeartbeatPeriod': (value) => ['--dispatcher-heartbeat', goDuration(value)],
	'CAConfig.NodeCertExpiry': (value) => ['--cert-expiry', goDuration(value)],
	'EncryptionConfig.AutoLockManagers': (value) => [`--autolock=${value === true}`],
};

export function swarmCommand(before: SwarmSpec, after: SwarmSpec): DockerCommand {
	const changes = changesBetween(before, after).map(({path, to}) => ({path: path.join('.'), to}));
	const words = changes.flatMap(({path, to}) => flags[path]?.(to) ?? []);
	const left = changes.map(({path}) => path).filter((path) => flags[path] === undefined);
	return {
		line: words.length === 0 ? toSafeText('') : shellLine(['docker', 'swarm', 'update', ...words]),
		note: left.length === 0 ? undefined : leavesOut('docker swarm update', left),
	};
}

const units = [
	['h', 3_600_000_000_000],
	['m', 60_000_000_000],
	['s', 1_000_000_000],
	['ms', 1_000_000],
	['ns', 1],
] as const;

/** As Go reads it: `2160h`, `5s`, `1m30s`. */
function goDuration(value: unknown): string {
	let rest = typeof value === 'number' ? value : 0;
	let text = '';
	for (const [unit, nanos] of units) {
		const count = Math.floor(rest / nanos);
		rest -= count * nanos;
		if (count > 0) text += `${count}${unit}`;
	}
	return text || '0s';
}
