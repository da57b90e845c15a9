// The C library, the C++ library and the loader that an executable needs: with them it runs where the system has others or none.
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import type {Platform} from './deb.ts';

/** Where Debian's packages for cross-building (libstdc++6-arm64-cross, libstdc++6-amd64-cross) have the libraries of a platform. */
const crossFolders: Readonly<Record<Platform, string>> = {
	'linux-x64': '/usr/x86_64-linux-gnu/lib',
	'linux-arm64': '/usr/aarch64-linux-gnu/lib',
};

const crossPackages: Readonly<Record<Platform, readonly string[]>> = {
	'linux-x64': ['libc6-amd64-cross', 'libstdc++6-amd64-cross'],
	'linux-arm64': ['libc6-arm64-cross', 'libstdc++6-arm64-cross'],
};

/** The loader's file name: it starts a program that does not name it. */
export const loaders: Readonly<Record<Platform, string>> = {
	'linux-x64': 'ld-linux-x86-64.so.2',
	'linux-arm64': 'ld-linux-aarch64.so.1',
};

export type Libraries = {
	/** Full paths, the loader's among them. */
	readonly files: readonly string[];
	readonly licences: string;
};

/** All that the executable needs besides itself; undefined where this machine does not have it, or not with its licences. */
export function librariesOf(executable: string, platform: Platform): Libraries | undefined {
	const isOwn = platform === `linux-${process.arch}`;
	const files = isOwn ? ownLibraries(executable) : crossLibraries(platform);
	const licences = licencesOf(isOwn ? ['libc6', 'libstdc++6'] : crossPackages[platform]);
	return licences !== undefined && files.every((file) => existsSync(file)) ? {files, licences} : undefined;
}

/** `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)`, and the loader's own line without an arrow. */
function ownLibraries(executable: string): readonly string[] {
	const lines = execFileSync('ldd', [executable], {encoding: 'utf8'}).split('\n');
	return lines.flatMap((line) => /^\s*(?:\S+ => )?(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}

function crossLibraries(platform: Platform): readonly string[] {
	const needed = ['libc.so.6', 'libdl.so.2', 'libgcc_s.so.1', 'libm.so.6', 'libpthread.so.0', 'libstdc++.so.6'];
	return [...needed, loaders[platform]].map((name) => path.join(crossFolders[platform], name));
}

/** With the version of the Debian package whose source the libraries are made of, as their licences ask. */
function licencesOf(packages: readonly string[]): string | undefined {
	const line = '='.repeat(80);
	const parts = packages.map((name) => {
		const {status, stdout} = spawnSync('dpkg-query', ['--show', '--showformat', `\${Version}`, name], {
			encoding: 'utf8',
		});
		const file = path.join('/usr/share/doc', name, 'copyright');
		if (status !== 0 || !existsSync(file)) return undefined;
		return `${line}\n${name} ${stdout}, as Debian builds it from its source package\n${line}\n\n${readFileSync(file, 'utf8')}`;
	});
	return parts.includes(undefined) ? undefined : parts.join('\n');
}
