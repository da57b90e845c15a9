import {registryTrouble} from '../../engine/registry-errors.ts';
import {duration, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {MemoryKill} from '../entities/inside.ts';
import {killedByKernel} from '../messages.ts';
import type {ServiceEntity, TaskEntity} from '../model.ts';
import type {Reasons} from './reasons.ts';

/** What went wrong with tasks that had a place: how programs ended, and images that a node could not get. */

const failuresShown = 5;

export function failureReasons(tasks: readonly TaskEntity[], now: number, kills: Kills = new Map()): Reasons {
	const failures = tasks.filter(hasFailed).sort((a, b) => b.since - a.since);
	return failures.slice(0, failuresShown).map((task) => {
		const place = task.nodeName === '' ? safe`` : safe` on ${task.nodeName}`;
		const ago = duration(Math.max(0, now - task.since));
		return [
			'failure',
			safe`${task.name}${place} ${toSafeText(task.state)} ${ago} ago${killWords(kills.get(task.containerId)) ?? exitWords(task)}: ${task.error}`,
		];
	});
}

const hasFailed = ({state}: TaskEntity): boolean => state === 'failed' || state === 'rejected' || state === 'orphaned';

/** What shells and container runtimes mean by an exit code. */
const meanings: Readonly<Record<number, string>> = {
	126: 'its command is not executable',
	127: 'its command was not found in the image',
	134: 'it aborted itself',
	137: 'killed: out of memory, unhealthy, or not stopped in time',
	139: 'it crashed: segmentation fault',
	143: 'it was told to stop',
};

type Kills = ReadonlyMap<string, MemoryKill>;

/** As the engine of its node says: the kernel did it, when, and at which limit. */
function killWords(kill: MemoryKill | undefined): SafeText | undefined {
	if (!kill) return undefined;
	const at = toSafeText(new Date(kill.at).toTimeString().slice(0, 8));
	return safe`, ${killedByKernel(at, kill.limitBytes)}`;
}

function exitWords({exitCode}: TaskEntity): SafeText {
	if (exitCode === undefined) return safe``;
	const meaning = meanings[exitCode];
	return meaning === undefined ? safe`, exit code ${exitCode}` : safe`, exit code ${exitCode} (${toSafeText(meaning)})`;
}

/** What engines and registries say of images that they don't give. */
const imageTroubles =
	/no such image|manifest (?:for \S+ )?(?:unknown|not found)|pull access denied|no matching manifest|toomanyrequests|unauthorized|repository does not exist|x509:|server gave HTTP response/i;

/** Engines say `No such image` whatever the reason: what may be behind it has to be told. */
export function imageReasons(tasks: readonly TaskEntity[]): Reasons {
	const nodesByImage = new Map<SafeText, Set<SafeText>>();
	const told = new Map<SafeText, SafeText>();
	for (const task of tasks) {
		if (!hasFailed(task) || !imageTroubles.test(task.error)) continue;
		const nodes = nodesByImage.get(task.image) ?? new Set<SafeText>();
		if (task.nodeName !== '') nodes.add(task.nodeName);
		nodesByImage.set(task.image, nodes);
		const meaning = registryTrouble(task.image, task.error);
		if (meaning !== undefined) told.set(task.image, meaning);
	}
	return [...nodesByImage].map(([image, nodes]) => {
		const [first] = nodes;
		const places = nodes.size > 0 ? safe` on ${joinSafe([...nodes].sort(), ', ')}` : safe``;
		const meaning = told.get(image);
		if (meaning !== undefined) return ['image', safe`${image} can't be had${places}: ${meaning}`];
		const check =
			first === undefined ? safe`` : safe` For the registry's own answer: docker pull ${image} on ${first}.`;
		return [
			'image',
			safe`${image} can't be had${places}: it has no such tag, its registry can't be reached, or wants a login (deploy --with-registry-auth).${check}`,
		];
	});
}

/** A task that its own health check ends looks like any killed program. */
export function healthReasons({raw}: ServiceEntity, tasks: readonly TaskEntity[]): Reasons {
	const unhealthy = tasks.filter((task) => hasFailed(task) && task.error.includes('unhealthy container'));
	if (unhealthy.length === 0) return [];
	const {
		Test: test = [],
		Interval: interval = 0,
		Retries: retries = 0,
	} = raw.Spec.TaskTemplate.ContainerSpec?.Healthcheck ?? {};
	const [, ...command] = test;
	const check = command.length === 0 ? safe`of its image` : safe`${toSafeText(command.join(' '))}`;
	const rhythm =
		interval > 0
			? safe`, every ${duration(interval / nanosPerMs)}, given up after ${retries || defaultRetries}`
			: safe``;
	return [['health', safe`${plural(unhealthy.length, 'task')} ended by the health check ${check}${rhythm}`]];
}

const nanosPerMs = 1_000_000;
/** moby daemon/health.go. */
const defaultRetries = 3;
