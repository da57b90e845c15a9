/** What is to be read of a spec besides the columns of a list: labels and values. */
import {bytes, cpus, duration} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ContainerSpec, Healthcheck, Mount, TaskSpec} from '../../wire/task.ts';
import {environmentLines} from './environment.ts';
import type {Detail} from './kind.ts';

const none = toSafeText('');

/** What a spec of tasks says about each of them. @param networks in words, each with what is known of it */
export function specDetails(spec: TaskSpec, networks: readonly SafeText[]): Detail[] {
	const container = spec.ContainerSpec ?? {};
	return [
		['command', words(...(container.Command ?? []), ...(container.Args ?? []))],
		['user', words(container.User)],
		['health', healthText(container.Healthcheck)],
		['security', privilegesText(container)],
		...resourceDetails(spec),
		...placementDetails(spec),
		...several('network', networks),
		...several('mount', (container.Mounts ?? []).map(mountText)),
		...several(
			'secret',
			filesOf(container.Secrets ?? [], ({SecretName: name}) => name),
		),
		...several(
			'config',
			filesOf(container.Configs ?? [], ({ConfigName: name}) => name),
		),
		...several('env', environmentLines(container.Env ?? [], true)),
	];
}

function placementDetails({Placement: placement}: TaskSpec): Detail[] {
	const spread = (placement?.Preferences ?? []).flatMap(({Spread: by}) => by?.SpreadDescriptor ?? []);
	const most = placement?.MaxReplicas ?? 0;
	return [
		['placement', joinSafe((placement?.Constraints ?? []).map(toSafeText), ', ')],
		['spread over', joinSafe(spread.map(toSafeText), ', ')],
		['on a node', most === 0 ? none : safe`at most ${most}`],
	];
}

export function words(...parts: readonly (string | undefined)[]): SafeText {
	return toSafeText(parts.filter(Boolean).join(' '));
}

export function several(label: string, values: readonly SafeText[]): Detail[] {
	return values.map((value, index) => [index === 0 ? label : '', value]);
}

/** What is not as it is by default. */
function privilegesText({Privileges: privileges, OomScoreAdj: oomScore, ...container}: ContainerSpec): SafeText {
	const mode = (name: string) => (privileges?.[name] as {readonly Mode?: string} | null | undefined)?.Mode;
	const parts = [
		...(container.CapabilityAdd ?? []).map((each) => `+${each}`),
		...(container.CapabilityDrop ?? []).map((each) => `-${each}`),
		...(mode('Seccomp') ? [`seccomp ${mode('Seccomp')}`] : []),
		...(mode('AppArmor') ? [`AppArmor ${mode('AppArmor')}`] : []),
		...(privileges?.['NoNewPrivileges'] === true ? ['no new privileges'] : []),
		...(oomScore ? [`OOM score ${oomScore}`] : []),
	];
	return toSafeText(parts.join(', '));
}

/** The engine tells no other engine how a container's checks go, only what is to be checked. */
function healthText(check: Healthcheck | undefined): SafeText {
	const [kind, ...test] = check?.Test ?? [];
	if (kind === undefined) return none;
	if (kind === 'NONE') return toSafeText('not checked');
	const every = check?.Interval ? safe` every ${nanoseconds(check.Interval)}` : none;
	const retries = check?.Retries ? safe`, unhealthy after ${check.Retries}` : none;
	return safe`${words(...test)}${every}${retries}`;
}

export const nanoseconds = (value: number): SafeText => duration(value / 1e6);

function resourceDetails({Resources: resources}: TaskSpec): Detail[] {
	const amount = (of: {NanoCPUs?: number; MemoryBytes?: number} | undefined): SafeText => {
		const parts: SafeText[] = [];
		if (of?.NanoCPUs) parts.push(safe`${cpus(of.NanoCPUs)} CPU`);
		if (of?.MemoryBytes) parts.push(safe`${bytes(of.MemoryBytes)} memory`);
		return joinSafe(parts, ', ');
	};
	return [
		['reserved', amount(resources?.Reservations)],
		['limit', amount(resources?.Limits)],
		['swap', swapText(resources)],
	];
}

function swapText(resources: TaskSpec['Resources']): SafeText {
	const {SwapBytes: swap, MemorySwappiness: swappiness} = resources ?? {};
	const parts: SafeText[] = [];
	if (typeof swap === 'number') parts.push(swap < 0 ? toSafeText('without limit') : bytes(swap));
	if (typeof swappiness === 'number') parts.push(safe`swappiness ${swappiness}`);
	return joinSafe(parts, ', ');
}

function mountText(mount: Mount): SafeText {
	const {Type: type = 'volume', Source: source = '', Target: target = ''} = mount;
	const subpath = mount.VolumeOptions?.Subpath ?? mount.ImageOptions?.Subpath;
	const from = source === '' ? '' : `${source}${subpath ? `/${subpath}` : ''} → `;
	const traits = mountTraits(mount);
	return toSafeText(`${type} ${from}${target}${traits.length > 0 ? ` (${traits.join(', ')})` : ''}`);
}

function mountTraits({ReadOnly: isReadOnly, BindOptions: bind, TmpfsOptions: tmpfs}: Mount): string[] {
	const readOnly = bind?.ReadOnlyForceRecursive
		? 'read-only to its last submount'
		: bind?.ReadOnlyNonRecursive
			? 'read-only, submounts are not'
			: 'read-only';
	return [
		...(isReadOnly ? [readOnly] : []),
		...(bind?.CreateMountpoint ? ['made when missing'] : []),
		...(tmpfs?.SizeBytes ? [`${bytes(tmpfs.SizeBytes)}`] : []),
		...(tmpfs?.Options ?? []).map((option) => option.join('=')),
	];
}

type Reference = NonNullable<ContainerSpec['Secrets' | 'Configs']>[number];

function filesOf<Ref extends Reference>(references: readonly Ref[], nameOf: (reference: Ref) => string): SafeText[] {
	return references.map((reference) => {
		const {File: file} = reference;
		return file ? safe`${toSafeText(nameOf(reference))} → ${toSafeText(file.Name)}` : toSafeText(nameOf(reference));
	});
}
