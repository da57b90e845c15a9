/**
 * A container's files, as far as anybody can see them: what the image and the engine put there and what programs write.
 * Only texts; no owners, no modes, no links.
 */
export class Files {
	readonly #texts: Map<string, string>;
	readonly #directories: Set<string>;

	constructor(texts: Iterable<readonly [string, string]> = [], directories: Iterable<string> = standardDirectories) {
		this.#texts = new Map(texts);
		this.#directories = new Set(directories);
	}

	/** A copy that goes its own way. */
	copy(): Files {
		return new Files(this.#texts, this.#directories);
	}

	read(path: string): string | undefined {
		return this.#texts.get(normalised(path));
	}

	/** False when the directory is not there, or a directory of that name is. */
	write(path: string, text: string): boolean {
		const name = normalised(path);
		if (name === '/dev/null') return true;
		if (this.isDirectory(name) || !this.isDirectory(parentOf(name))) return false;
		this.#texts.set(name, text);
		return true;
	}

	append(path: string, text: string): boolean {
		return this.write(path, (this.read(path) ?? '') + text);
	}

	remove(path: string): boolean {
		return this.#texts.delete(normalised(path));
	}

	removeTree(path: string): void {
		const name = normalised(path);
		const inside = (other: string) => other === name || other.startsWith(`${name}/`);
		for (const other of [...this.#texts.keys()].filter(inside)) this.#texts.delete(other);
		for (const other of [...this.#directories].filter(inside)) this.#directories.delete(other);
	}

	makeDirectory(path: string, {parents = false}: {parents?: boolean} = {}): boolean {
		const name = normalised(path);
		if (this.#texts.has(name)) return false;
		if (this.isDirectory(name)) return parents;
		const parent = parentOf(name);
		if (!this.isDirectory(parent) && !(parents && this.makeDirectory(parent, {parents}))) return false;
		this.#directories.add(name);
		return true;
	}

	exists(path: string): boolean {
		const name = normalised(path);
		return name === '/dev/null' || this.#texts.has(name) || this.isDirectory(name);
	}

	isDirectory(path: string): boolean {
		const name = normalised(path);
		if (name === '/' || this.#directories.has(name)) return true;
		const prefix = `${name}/`;
		for (const other of this.#texts.keys()) if (other.startsWith(prefix)) return true;
		return false;
	}

	/** What is otherwise than in another: each path, and how; a directory in which something came or went has changed, too. */
	changesSince(before: Files): {readonly path: string; readonly kind: 'changed' | 'added' | 'deleted'}[] {
		const kinds = new Map<string, 'changed' | 'added' | 'deleted'>();
		const note = (path: string, kind: 'changed' | 'added' | 'deleted'): void => {
			kinds.set(path, kind);
			for (let parent = parentOf(path); parent !== '/'; parent = parentOf(parent)) {
				if (!kinds.has(parent)) kinds.set(parent, before.exists(parent) ? 'changed' : 'added');
			}
		};
		for (const [path, text] of this.#texts) {
			if (!before.exists(path)) note(path, 'added');
			else if (before.read(path) !== text) note(path, 'changed');
		}
		for (const path of this.#directories) if (!before.exists(path)) note(path, 'added');
		for (const path of [...before.#texts.keys(), ...before.#directories]) if (!this.exists(path)) note(path, 'deleted');
		return [...kinds].map(([path, kind]) => ({path, kind})).sort((a, b) => (a.path < b.path ? -1 : 1));
	}

	/** The names in a directory, sorted. */
	list(path: string): string[] {
		const name = normalised(path);
		const prefix = name === '/' ? '/' : `${name}/`;
		const names = new Set<string>();
		for (const other of [...this.#texts.keys(), ...this.#directories]) {
			if (other.startsWith(prefix) && other !== prefix) names.add(other.slice(prefix.length).split('/')[0] ?? '');
		}
		names.delete('');
		return [...names].sort();
	}
}

const standardDirectories = [
	'/bin',
	'/data',
	'/dev',
	'/etc',
	'/home',
	'/opt',
	'/proc',
	'/root',
	'/run',
	'/srv',
	'/sys',
	'/tmp',
	'/usr',
	'/usr/bin',
	'/usr/local',
	'/usr/local/bin',
	'/var',
	'/var/lib',
	'/var/log',
	'/var/run',
	'/www',
];

/** An absolute path without `.`, `..`, doubled or closing slashes. */
export function normalised(path: string): string {
	const parts: string[] = [];
	for (const part of path.split('/')) {
		if (part === '' || part === '.') continue;
		if (part === '..') parts.pop();
		else parts.push(part);
	}
	return `/${parts.join('/')}`;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
