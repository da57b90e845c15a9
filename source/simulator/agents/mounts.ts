import type {Mount} from '../../wire/task.ts';

/** What an engine finds wrong with a task's mounts. */

/** Before anything is prepared: the controller refuses (moby daemon/cluster/executor/container/validate.go). */
export function invalidMount(mounts: readonly Mount[]): string | undefined {
	for (const {Type = 'bind', Source = '', Target = ''} of mounts) {
		if (!Target.startsWith('/') && Type !== 'npipe') return `invalid mount target, must be an absolute path: ${Target}`;
		if (Type === 'bind' && !Source.startsWith('/')) {
			return `invalid bind mount source, must be an absolute path: ${Source}`;
		}
		if (Type === 'volume' && Source.startsWith('/')) {
			return `invalid volume mount source, must not be an absolute path: ${Source}`;
		}
		if (Type === 'tmpfs' && Source !== '') return 'invalid tmpfs source, source must be empty';
	}
	return undefined;
}

/** When the container is made: bind sources must be there, unless they may be created. */
export function missingSource(mounts: readonly Mount[], hostHas: (path: string) => boolean): string | undefined {
	for (const {Type = 'bind', Source = '', BindOptions} of mounts) {
		if (Type !== 'bind' || BindOptions?.CreateMountpoint || hostHas(Source)) continue;
		return `invalid mount config for type "bind": bind source path does not exist: ${Source}`;
	}
	return undefined;
}

const everywhere = [
	'/',
	'/bin',
	'/boot',
	'/dev',
	'/etc',
	'/etc/hostname',
	'/etc/hosts',
	'/etc/localtime',
	'/etc/machine-id',
	'/etc/os-release',
	'/etc/passwd',
	'/etc/resolv.conf',
	'/etc/timezone',
	'/home',
	'/lib/modules',
	'/media',
	'/mnt',
	'/opt',
	'/proc',
	'/root',
	'/run',
	'/run/docker.sock',
	'/srv',
	'/sys',
	'/sys/fs/cgroup',
	'/tmp',
	'/usr',
	'/var',
	'/var/lib',
	'/var/lib/docker',
	'/var/lib/docker/containers',
	'/var/log',
	'/var/run',
	'/var/run/docker.sock',
];

/** The paths that a simulated host has: what every Linux machine with an engine has, and what the fixture adds. */
export function hostPaths(extra: Iterable<string> = []): (path: string) => boolean {
	const known = new Set([...everywhere, ...extra]);
	return (path) => known.has(path.length > 1 ? path.replace(/\/+$/, '') : path);
}
