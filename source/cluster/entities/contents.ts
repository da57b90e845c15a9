/** What one node's own engine has: containers, images, volumes and what they take of its disk, as the screens see it. */
import {memoized} from '../../runtime/memoized.ts';
import {joinSafe, type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {ContainerPort, ContainerRow} from '../../wire/container.ts';
import type {DiskUsage, ImageRow} from '../../wire/disk.ts';
import type {Volume} from '../../wire/volume.ts';
import type {Health} from '../model.ts';
import {cleanWord, splitImage} from './common.ts';
import type {NodeContents} from './inside.ts';
import {type VolumeEntity, volumeEntity} from './volume.ts';

export type ContainerEntity = {
	readonly id: string;
	readonly name: SafeText;
	readonly image: SafeText;
	/** `running`, `exited`, `paused`, … */
	readonly state: SafeText;
	/** As `docker ps` has it: `Up 5 minutes (healthy)`. */
	readonly status: SafeText;
	readonly command: SafeText;
	/** `0.0.0.0:8080->80/tcp`. */
	readonly ports: SafeText;
	/** Of a task of the swarm; '' for containers that somebody made by hand. */
	readonly service: SafeText;
	readonly taskId: string;
	readonly createdAt: number;
	readonly health: Health;
	readonly raw: ContainerRow;
};

export type ImageEntity = {
	readonly id: string;
	/** `nginx:1.27`; its short ID where it has lost its names. */
	readonly name: SafeText;
	readonly digest: SafeText;
	readonly isDangling: boolean;
	readonly sizeBytes: number;
	/** The services, and containers of no service, that were made from it. */
	readonly usedBy: readonly SafeText[];
	readonly createdAt: number;
	readonly health: Health;
	readonly raw: ImageRow;
};

/** A volume of that node, and who mounts it there. */
export type NodeVolumeEntity = VolumeEntity & {readonly usedBy: readonly SafeText[]};

/** A row of `docker system df`. */
export type DiskEntity = {
	/** `images`, `containers`, `volumes`, `build cache`. */
	readonly id: string;
	readonly name: SafeText;
	readonly total: number;
	readonly active: number;
	readonly sizeBytes: number;
	/** What a clean-up of all that is unused gives back. */
	readonly reclaimableBytes: number;
	readonly health: Health;
	readonly raw: object;
};

type Rows<Entity> = ReadonlyMap<string, Entity>;

const serviceLabel = 'com.docker.swarm.service.name';
const taskLabel = 'com.docker.swarm.task.id';

const none: readonly never[] = [];

/** Each list as its screen reads it, made once for what the engine said. */
export const containersIn = ({containers}: NodeContents): Rows<ContainerEntity> => containersOf(containers ?? none);
export const imagesIn = ({images, containers}: NodeContents): Rows<ImageEntity> =>
	imagesOf(images ?? none)(containers ?? none);
export const volumesIn = ({volumes, containers}: NodeContents): Rows<NodeVolumeEntity> =>
	nodeVolumesOf(volumes ?? none)(containers ?? none);
export const diskIn = ({disk}: NodeContents): Rows<DiskEntity> => (disk ? diskOf(disk) : noRows);

const noRows: Rows<never> = new Map<string, never>();

const containersOf = memoized(
	(rows: readonly ContainerRow[]): Rows<ContainerEntity> => byId(rows.map(containerEntity)),
);
const imagesOf = memoized((rows: readonly ImageRow[]) =>
	memoized((containers: readonly ContainerRow[]) => imageEntities(rows, containers)),
);
const nodeVolumesOf = memoized((volumes: readonly Volume[]) =>
	memoized((containers: readonly ContainerRow[]) => volumeEntities(volumes, containers)),
);
const diskOf = memoized((usage: DiskUsage) => diskEntities(usage));

function containerEntity(raw: ContainerRow): ContainerEntity {
	const labels = raw.Labels ?? {};
	return {
		id: cleanWord(raw.Id),
		name: containerName(raw),
		image: splitImage(raw.Image).image,
		state: toSafeText(raw.State),
		status: toSafeText(raw.Status),
		command: toSafeText(raw.Command ?? ''),
		ports: joinSafe((raw.Ports ?? []).map(portText), ', '),
		service: toSafeText(labels[serviceLabel] ?? ''),
		taskId: cleanWord(labels[taskLabel] ?? ''),
		createdAt: (raw.Created ?? 0) * 1000,
		health: containerHealth(raw),
		raw,
	};
}

const containerName = ({Names: names, Id: id}: ContainerRow): SafeText =>
	toSafeText((names?.find((name) => name.lastIndexOf('/') === 0) ?? names?.[0])?.slice(1) ?? id.slice(0, 12));

/** Tasks of a service are known by its name. */
function usersOf(rows: readonly ContainerRow[] | undefined): SafeText[] {
	const names = (rows ?? []).map((row) => toSafeText(row.Labels?.[serviceLabel] ?? '') || containerName(row));
	return [...new Set(names)];
}

function portText({IP: ip, PublicPort: published, PrivatePort: target, Type: protocol}: ContainerPort): SafeText {
	const from = published ? `${ip ? `${ip.includes(':') ? `[${ip}]` : ip}:` : ''}${published}->` : '';
	return toSafeText(`${from}${target}/${protocol}`);
}

/** An exit code stands only in the words of its status. */
function containerHealth({State: state, Status: status}: ContainerRow): Health {
	if (state === 'running') {
		if (status.includes('(unhealthy)')) return 'failing';
		return status.includes('(health: starting)') ? 'converging' : 'healthy';
	}
	if (state === 'restarting' || state === 'dead') return 'failing';
	if (state !== 'exited') return state === 'paused' ? 'converging' : 'idle';
	return /^Exited \(0\)/.test(status) ? 'idle' : 'failing';
}

function imageEntities(rows: readonly ImageRow[], containers: readonly ContainerRow[]): Rows<ImageEntity> {
	const users = grouped(containers, ({ImageID: id}) => [id]);
	return byId(
		rows.map((raw): ImageEntity => {
			const tags = (raw.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>');
			const digest = (raw.RepoDigests ?? []).find((each) => !each.startsWith('<none>')) ?? '';
			const short = raw.Id.replace(/^sha256:/, '').slice(0, 12);
			const unnamed = digest === '' ? short : (digest.split('@')[0] ?? short);
			return {
				id: cleanWord(raw.Id),
				name: tags.length > 0 ? joinSafe(tags.map(toSafeText), ', ') : toSafeText(unnamed),
				digest: toSafeText(digest.split('@')[1] ?? ''),
				isDangling: isDangling(raw),
				sizeBytes: raw.Size,
				usedBy: usersOf(users.get(raw.Id)),
				createdAt: (raw.Created ?? 0) * 1000,
				health: users.has(raw.Id) ? 'healthy' : 'idle',
				raw,
			};
		}),
	);
}

/** Nothing names it: neither a tag nor the digest by which services pull. */
export const isDangling = ({RepoTags: tags}: ImageRow): boolean => (tags ?? []).every((tag) => tag === '<none>:<none>');

function volumeEntities(volumes: readonly Volume[], containers: readonly ContainerRow[]): Rows<NodeVolumeEntity> {
	const users = grouped(containers, ({Mounts: mounts}) =>
		(mounts ?? []).flatMap(({Type, Name}) => (Type === 'volume' && Name ? [Name] : [])),
	);
	return byId(
		volumes.map((raw): NodeVolumeEntity => {
			const usedBy = usersOf(users.get(raw.Name));
			return {...volumeEntity(raw), usedBy, health: usedBy.length > 0 ? 'healthy' : 'idle'};
		}),
	);
}

function grouped(rows: readonly ContainerRow[], keysOf: (row: ContainerRow) => readonly string[]) {
	const groups = new Map<string, ContainerRow[]>();
	for (const row of rows) {
		for (const key of keysOf(row)) {
			const group = groups.get(key);
			if (group) group.push(row);
			else groups.set(key, [row]);
		}
	}
	return groups;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + Math.max(0, value), 0);

/** As `docker system df` counts (cli/command/formatter/disk_usage.go). */
function diskEntities(usage: DiskUsage): Rows<DiskEntity> {
	const images = usage.Images ?? [];
	const containers = usage.Containers ?? [];
	const volumes = usage.Volumes ?? [];
	const builds = usage.BuildCache ?? [];
	const used = images.filter(({Containers: count = -1}) => count > 0);
	const usedBytes = sum(
		used.map(({Size: size, SharedSize: shared = -1}) => (size === -1 || shared === -1 ? 0 : size - shared)),
	);
	const layers = usage.LayersSize ?? sum(images.map(({Size: size}) => size));
	const isRunning = ({State: state}: ContainerRow): boolean => ['running', 'paused', 'restarting'].includes(state);
	const written = (rows: readonly ContainerRow[]): number => sum(rows.map(({SizeRw: size = 0}) => size));
	const mounted = volumes.filter(({UsageData: data}) => (data?.RefCount ?? 0) > 0);
	const kept = (rows: typeof volumes): number => sum(rows.map(({UsageData: data}) => data?.Size ?? 0));
	const row = (
		name: string,
		of: Pick<DiskEntity, 'total' | 'active' | 'sizeBytes' | 'reclaimableBytes'>,
		raw: object,
	) => ({
		...of,
		id: name,
		name: toSafeText(name),
		health: 'healthy' as const,
		raw,
	});
	const own = builds.filter(({Shared: isShared}) => !isShared);
	return byId([
		row(
			'images',
			{total: images.length, active: used.length, sizeBytes: layers, reclaimableBytes: Math.max(0, layers - usedBytes)},
			images,
		),
		row(
			'containers',
			{
				total: containers.length,
				active: containers.filter(isRunning).length,
				sizeBytes: written(containers),
				reclaimableBytes: written(containers.filter((each) => !isRunning(each))),
			},
			containers,
		),
		row(
			'volumes',
			{
				total: volumes.length,
				active: mounted.length,
				sizeBytes: kept(volumes),
				reclaimableBytes: kept(volumes.filter((each) => !mounted.includes(each))),
			},
			volumes,
		),
		row(
			'build cache',
			{
				total: builds.length,
				active: builds.filter(({InUse: isUsed}) => isUsed).length,
				sizeBytes: sum(own.map(({Size: size}) => size)),
				reclaimableBytes: sum(own.filter(({InUse: isUsed}) => !isUsed).map(({Size: size}) => size)),
			},
			builds,
		),
	]);
}

function byId<Entity extends {readonly id: string}>(entities: readonly Entity[]): Rows<Entity> {
	return new Map(entities.map((entity) => [entity.id, entity]));
}
