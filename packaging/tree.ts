// What is installed besides the executable, in the places where the system looks for it.
import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import type {Libraries} from './libraries.ts';

const program = ['dist/cli.js'];

const completions = {
	bash: 'share/bash-completion/completions/swarmtop',
	zsh: 'share/zsh/vendor-completions/_swarmtop',
	fish: 'share/fish/vendor_completions.d/swarmtop.fish',
};

export type TreeParts = {
	readonly executable: string;
	readonly nodeLicence: string;
	/** Where the tree shall run on a system with another C library. */
	readonly libraries?: Libraries & {readonly loader: string};
};

/** Puts the executable, the manual pages, completions and licences below `prefix` (`usr` of a package, a folder of its own). */
export function layOut(prefix: string, {executable, nodeLicence, libraries}: TreeParts): void {
	const place = (file: string): string => {
		const whole = path.join(prefix, file);
		mkdirSync(path.dirname(whole), {recursive: true});
		return whole;
	};
	if (libraries) {
		for (const file of [executable, ...libraries.files]) {
			copyFileSync(file, place(`lib/swarmtop/${file === executable ? 'swarmtop' : path.basename(file)}`));
		}
		const script = readFileSync('packaging/portable.sh', 'utf8').replace('@LOADER@', libraries.loader);
		writeFileSync(place('bin/swarmtop'), script, {mode: 0o755});
	} else {
		copyFileSync(executable, place('bin/swarmtop'));
	}
	for (const page of readdirSync('docs/man')) {
		writeFileSync(place(`share/man/man1/${page}.gz`), packed(readFileSync(path.join('docs/man', page))));
	}
	for (const [shell, file] of Object.entries(completions)) {
		writeFileSync(place(file), execFileSync(process.execPath, [...program, 'completion', shell]));
	}
	copyFileSync('LICENSE', place('share/doc/swarmtop/copyright'));
	writeFileSync(place('share/doc/swarmtop/changelog.gz'), packed(readFileSync('CHANGELOG.md')));
	const others = `${readFileSync('dist/THIRD-PARTY-LICENSES', 'utf8')}\n${'='.repeat(80)}\nNode.js\n${'='.repeat(80)}\n\n${readFileSync(nodeLicence, 'utf8')}\n${libraries?.licences ?? ''}`;
	writeFileSync(place('share/doc/swarmtop/THIRD-PARTY-LICENSES.gz'), packed(Buffer.from(others)));
}

const packed = (content: Buffer): Buffer => gzipSync(content, {level: 9});

/** A tar of a folder's content that is the same each time. */
export const tarArguments = (folder: string): string[] => [
	'--create',
	'--gzip',
	'--sort=name',
	'--mtime=@0',
	'--owner=0',
	'--group=0',
	'--numeric-owner',
	'--directory',
	folder,
];
