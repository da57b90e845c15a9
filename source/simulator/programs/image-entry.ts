import type {ImageEntry, ServerProgram} from './catalogue.ts';

/** What an image is unless it says otherwise: small, with a shell, known to the registry, on no host yet. */
export const plainImage: Omit<ImageEntry, 'name'> = {
	tags: ['latest'],
	sizeBytes: 5_000_000,
	startMs: 0,
	entrypoint: [],
	command: ['sh'],
	environment: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
	directory: '/',
	hasShell: true,
	lacks: [],
	programs: {},
	files: {},
	stopSignal: 'SIGTERM',
	isOn: 'none',
	isInRegistry: true,
};

/** An image of which only what differs from the plain one is said. */
export const image = (name: string, differences: Partial<ImageEntry>): ImageEntry => ({
	...plainImage,
	...differences,
	name,
});

/** A server that writes a log of some style, and ends soon after it is told to. */
export const server = (style: string, linesPerSecond: number, others: Partial<ServerProgram> = {}): ServerProgram => ({
	kind: 'server',
	log: {style, linesPerSecond},
	stopMs: 120,
	...others,
});
