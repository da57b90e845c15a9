import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';

/**
 * Which folders of source/ each folder may import from: the arrows of docs/architecture.md. A folder may always import
 * from itself; what is not named here is refused.
 */
const arrows: Record<string, readonly string[]> = {
	runtime: [],
	wire: [],
	text: ['runtime'],
	documents: ['runtime'],
	compose: ['runtime', 'wire', 'documents'],
	connection: ['runtime', 'wire', 'text'],
	engine: ['runtime', 'wire', 'text', 'connection'],
	swarmkit: ['runtime', 'wire'],
	simulator: ['runtime', 'wire', 'text', 'documents', 'compose', 'swarmkit'],
	cluster: ['runtime', 'wire', 'text', 'documents', 'engine', 'compose', 'swarmkit/scheduler', 'swarmkit/forecast'],
	nodes: ['runtime', 'wire', 'text', 'connection', 'engine', 'cluster'],
	logs: ['runtime', 'wire', 'text', 'engine', 'cluster'],
	config: ['runtime', 'text', 'documents'],
	terminal: ['runtime', 'text'],
	ui: ['runtime', 'wire', 'text', 'engine', 'cluster', 'nodes', 'logs', 'terminal', 'config'],
	commands: [
		'runtime',
		'wire',
		'text',
		'documents',
		'compose',
		'connection',
		'engine',
		'swarmkit',
		'simulator',
		'cluster',
		'nodes',
		'logs',
		'config',
		'terminal',
		'ui',
	],
};

/** npm packages that belong to one layer alone. */
const owners: Record<string, readonly string[]> = {
	ink: ['ui', 'terminal'],
	react: ['ui', 'terminal'],
	dockerode: ['engine'],
	meow: ['../cli.tsx', 'commands'],
};

const root = path.resolve(import.meta.dirname, '..');
const sourceRoot = path.join(root, 'source');

function sources(): string[] {
	return readdirSync(sourceRoot, {recursive: true, encoding: 'utf8'})
		.filter((file) => /\.tsx?$/.test(file))
		.map((file) => path.join(sourceRoot, file));
}

function importsOf(file: string): string[] {
	const text = readFileSync(file, 'utf8');
	return [...text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
}

function filesImportedBy(file: string): string[] {
	return importsOf(file)
		.filter((specifier) => specifier.startsWith('.'))
		.map((specifier) => path.resolve(path.dirname(file), specifier));
}

/** The sets of nodes of a graph that all lead to each other (Tarjan's strongly connected components), without single ones. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
	const found: string[][] = [];
	const order = new Map<string, number>();
	const lowest = new Map<string, number>();
	const trail: string[] = [];
	const visit = (node: string): void => {
		order.set(node, order.size);
		lowest.set(node, order.get(node) ?? 0);
		trail.push(node);
		for (const next of graph.get(node) ?? []) {
			if (!order.has(next)) visit(next);
			else if (!trail.includes(next)) continue;
			lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0));
		}
		if (lowest.get(node) !== order.get(node)) return;
		const members = trail.splice(trail.indexOf(node));
		if (members.length > 1) found.push(members);
	};
	for (const node of graph.keys()) if (!order.has(node)) visit(node);
	return found;
}

function layerOf(file: string): string {
	return path.relative(sourceRoot, file).split(path.sep)[0] ?? '';
}

function allowed(layer: string, target: string): boolean {
	if (target.split('/')[0] === layer) return true;
	return (arrows[layer] ?? []).some((arrow) => target === arrow || target.startsWith(`${arrow}/`));
}

it('every import of source/ follows an arrow of docs/architecture.md', () => {
	const broken = [];
	for (const file of sources()) {
		const layer = layerOf(file);
		for (const specifier of importsOf(file)) {
			if (!specifier.startsWith('.')) {
				const name = specifier.startsWith('@') ? specifier : (specifier.split('/')[0] ?? '');
				const owner = owners[name];
				if (owner && !owner.includes(layer))
					broken.push(`${path.relative(root, file)}: ${name} belongs to ${owner.join(' and ')}`);
				continue;
			}
			const target = path.relative(sourceRoot, path.resolve(path.dirname(file), specifier));
			if (!allowed(layer, target)) broken.push(`${path.relative(root, file)}: ${layer}/ may not import ${target}`);
		}
	}
	expect(broken).toEqual([]);
});

it('no files of source/ import each other in a circle, be it for a type', () => {
	const knots = circles(new Map(sources().map((file) => [file, filesImportedBy(file)]))).map((files) =>
		files.map((file) => path.relative(sourceRoot, file)).sort(),
	);
	expect(knots).toEqual([]);
});

it('a file of source/ has 300 lines at the most, or says why it is a long file', () => {
	const long = sources()
		.map((file) => ({name: path.relative(sourceRoot, file), text: readFileSync(file, 'utf8')}))
		.filter(({text}) => text.trimEnd().split('\n').length > 300)
		.filter(({text}) => !/\blong file\b/i.test(text));
	expect(long.map(({name}) => name)).toEqual([]);
});

it('every folder of source/ is a known layer', () => {
	const folders = readdirSync(sourceRoot, {withFileTypes: true}).filter((entry) => entry.isDirectory());
	expect(folders.map((folder) => folder.name).filter((name) => !(name in arrows))).toEqual([]);
});

/**
 * The arrows between the parts of cluster/ and of simulator/: their folders, and `top`, the files beside these. What is
 * not named is refused.
 */
const partArrows: Record<string, Record<string, readonly string[]>> = {
	cluster: {
		top: ['entities', 'why'],
		entities: ['top'],
		why: ['top', 'entities'],
		edit: [],
		'docker-command': ['top', 'edit'],
		actions: ['top', 'entities', 'edit', 'docker-command'],
		create: ['top', 'edit', 'docker-command', 'actions'],
		'intent.ts': ['top', 'actions'],
		stack: ['top', 'entities', 'edit', 'docker-command', 'actions', 'intent.ts'],
		forecast: ['top', 'entities', 'edit', 'why', 'actions', 'intent.ts'],
		doctor: ['top', 'entities', 'why', 'docker-command'],
		pipeline: ['top', 'entities', 'edit', 'docker-command', 'actions', 'intent.ts', 'stack', 'forecast'],
		store: ['top', 'entities'],
		sync: ['top', 'store'],
	},
	simulator: {
		top: ['fixtures', 'world'],
		programs: [],
		agents: ['top', 'programs'],
		raft: ['top', 'agents', 'api/render'],
		api: ['top', 'raft'],
		fixtures: ['api', 'programs', 'raft'],
		world: ['top', 'agents', 'api', 'fixtures', 'programs', 'raft'],
	},
};

describe.each(Object.entries(partArrows))('inside of %s/', (layer, parts) => {
	const folder = path.join(sourceRoot, layer);
	const inside = (file: string): string => path.relative(folder, file);
	const partOf = (file: string): string => {
		const [first = '', ...rest] = inside(file).split(path.sep);
		return rest.length > 0 || first in parts ? first : 'top';
	};
	const files = sources().filter((file) => file.startsWith(`${folder}${path.sep}`));
	const importsInside = (file: string): string[] =>
		filesImportedBy(file).filter((target) => target.startsWith(`${folder}${path.sep}`));

	it('every import follows an arrow of docs/architecture.md', () => {
		const isAllowed = (from: string, target: string): boolean =>
			partOf(target) === from ||
			(parts[from] ?? []).some((arrow) => partOf(target) === arrow || inside(target).startsWith(`${arrow}/`));
		const broken = files.flatMap((file) =>
			importsInside(file)
				.filter((target) => !isAllowed(partOf(file), target))
				.map((target) => `${inside(file)} may not import ${inside(target)}`),
		);
		expect(broken).toEqual([]);
	});

	it('no arrow is written down that nothing needs', () => {
		const used = new Set(files.flatMap((file) => importsInside(file).map((to) => `${partOf(file)} ${partOf(to)}`)));
		const idle = Object.entries(parts).flatMap(([from, targets]) =>
			targets.filter((to) => !used.has(`${from} ${to.split('/')[0]}`)).map((to) => `${from} -> ${to}`),
		);
		expect(idle).toEqual([]);
	});
});

it('no folders of cluster/ import each other in a circle', () => {
	const folder = path.join(sourceRoot, 'cluster');
	// The model and its entities are one thing in two places.
	const partOf = (file: string): string =>
		(path.relative(folder, file).split(path.sep)[0] ?? '').replace('model.ts', 'entities');
	const graph = new Map<string, string[]>();
	for (const file of sources().filter((each) => each.startsWith(`${folder}${path.sep}`))) {
		const targets = filesImportedBy(file).filter((target) => target.startsWith(`${folder}${path.sep}`));
		const part = partOf(file);
		graph.set(part, [...(graph.get(part) ?? []), ...targets.map(partOf).filter((target) => target !== part)]);
	}
	expect(circles(graph)).toEqual([]);
});

describe('inside of ui/', () => {
	const ui = path.join(sourceRoot, 'ui');
	const partOf = (file: string): string => path.relative(ui, file).split(path.sep)[0] ?? '';
	const files = sources().filter((file) => file.startsWith(`${ui}${path.sep}`));
	/** Folders, and the files at the top, that may import from a folder besides itself. */
	const importers: Record<string, readonly string[]> = {
		components: ['start.tsx'],
		hooks: ['components'],
	};

	it('components draw, hooks are for components, and nothing else knows of either', () => {
		const broken = files.flatMap((file) =>
			filesImportedBy(file)
				.filter((target) => target.startsWith(ui))
				.filter((target) => partOf(target) !== partOf(file))
				.filter((target) => importers[partOf(target)]?.includes(partOf(file)) === false)
				.map((target) => `${path.relative(ui, file)} may not import ${path.relative(ui, target)}`),
		);
		expect(broken).toEqual([]);
	});

	it('React and Ink are for components and hooks', () => {
		const drawing = ['components', 'hooks', 'start.tsx'];
		const broken = files
			.filter((file) => !drawing.includes(partOf(file)))
			.filter((file) => importsOf(file).some((specifier) => specifier === 'ink' || specifier === 'react'));
		expect(broken.map((file) => path.relative(ui, file))).toEqual([]);
	});

	it('what swarmtop get prints reaches neither React nor Ink', () => {
		const reached = new Set([path.join(sourceRoot, 'commands/get.ts')]);
		for (const file of reached) for (const target of filesImportedBy(file)) reached.add(target);
		const drawing = [...reached].filter((file) => importsOf(file).some((name) => name === 'ink' || name === 'react'));
		expect(drawing.map((file) => path.relative(sourceRoot, file))).toEqual([]);
		expect(reached.has(path.join(ui, 'kinds/registry.ts'))).toBe(true);
	});

	it('what lists a kind reaches nothing of the screen', () => {
		const reached = new Set(files.filter((file) => path.basename(file) === 'listing.ts'));
		for (const file of reached) for (const target of filesImportedBy(file)) reached.add(target);
		const parts = [...reached].filter((file) => file.startsWith(ui)).map(partOf);
		expect(parts.filter((part) => ['app', 'keys', 'components', 'hooks', 'layout'].includes(part))).toEqual([]);
	});
});
