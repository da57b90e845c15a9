// Debian packages, with nothing but tar: an ar archive of three members (deb(5)).
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {tarArguments} from './tree.ts';

export type Platform = 'linux-x64' | 'linux-arm64';

const architectures: Readonly<Record<Platform, string>> = {'linux-x64': 'amd64', 'linux-arm64': 'arm64'};

/** The package's file name, as Debian has it. */
export const debName = (version: string, platform: Platform): string =>
	`swarmtop_${version}_${architectures[platform]}.deb`;

type Facts = {
	/** What is installed lies below it: `usr/bin/swarmtop`, … */
	readonly root: string;
	/** A folder for what is in between. */
	readonly work: string;
	readonly version: string;
	readonly platform: Platform;
	readonly description: string;
};

type Member = {readonly name: string; readonly content: Buffer};

export function writeDeb(file: string, {root, work, version, platform, description}: Facts): void {
	const control = path.join(work, `control-${platform}`);
	mkdirSync(control, {recursive: true});
	const files = readdirSync(root, {recursive: true, encoding: 'utf8'})
		.filter((each) => statSync(path.join(root, each)).isFile())
		.toSorted();
	const sizes = files.map((each) => Math.ceil(statSync(path.join(root, each)).size / 1024));
	writeFileSync(
		path.join(control, 'control'),
		`Package: swarmtop
Version: ${version}
Architecture: ${architectures[platform]}
Maintainer: The swarmtop maintainers <maintainers@swarmtop.invalid>
Section: admin
Priority: optional
Installed-Size: ${sizes.reduce((sum, size) => sum + size, 0)}
Depends: libc6 (>= 2.28), libstdc++6
Suggests: docker.io | docker-ce, openssh-client
Description: terminal dashboard for Docker Swarm
 ${description}.
 One executable; it speaks to the engine alone and brings a simulated swarm to try it on.
`,
	);
	const sums = files.map((each) => {
		const sum = createHash('md5')
			.update(readFileSync(path.join(root, each)))
			.digest('hex');
		return `${sum}  ${each}\n`;
	});
	writeFileSync(path.join(control, 'md5sums'), sums.join(''));
	const member = (name: string, folder: string): Member => {
		const archive = path.join(work, `${platform}-${name}`);
		execFileSync('tar', [...tarArguments(folder), '--file', archive, '.']);
		return {name, content: readFileSync(archive)};
	};
	const members = [
		{name: 'debian-binary', content: Buffer.from('2.0\n')},
		member('control.tar.gz', control),
		member('data.tar.gz', root),
	];
	writeFileSync(file, Buffer.concat([Buffer.from('!<arch>\n'), ...members.flatMap(archived)]));
}

/** A member's header of 60 bytes, its content, and a byte where that is odd. */
function archived({name, content}: Member): Buffer[] {
	const fields: readonly (readonly [string, number])[] = [
		[name, 16],
		['0', 12],
		['0', 6],
		['0', 6],
		['100644', 8],
		[String(content.length), 10],
	];
	const header = `${fields.map(([text, width]) => text.padEnd(width)).join('')}\`\n`;
	return [Buffer.from(header), content, Buffer.from(content.length % 2 === 1 ? '\n' : '')];
}
