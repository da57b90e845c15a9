/**
 * What people read of actions: titles and lines of plans, refusals, how far something has come. Each sentence once, in the
 * order of the files beside this one: a long file.
 */
import {bytes, cpus, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Amount, Quorum} from '../model.ts';
import {line, type PlanLine} from '../plan-line.ts';

const plain = (text: SafeText): PlanLine => line('plain', text);
const good = (text: SafeText): PlanLine => line('good', text);
const warning = (text: SafeText): PlanLine => line('warning', text);
const danger = (text: SafeText): PlanLine => line('danger', text);
const nothing = toSafeText('');
const list = (words: readonly SafeText[]): SafeText => joinSafe(words, ', ');
const isOrAre = (count: number): SafeText => (count === 1 ? safe`is` : safe`are`);

/** Of any service or node. */
export const gone = {
	service: (name: SafeText) => safe`The service ${name} is gone.`,
	node: (name: SafeText) => safe`The node ${name} is gone.`,
};

/** Somebody else was faster. */
export const conflict = {
	message: (seen: SafeText, now: SafeText, wanted: SafeText | undefined) =>
		`Someone else changed this first: it was ${seen} when you looked, and is ${now} now${wanted === undefined ? '' : `; you wanted ${wanted}`}.`,
	nextStep: 'Your change was not applied. Check it, and repeat it if you still want it.',
	unknownOutcome: 'The change may have been applied: check before you repeat it.',
	theirs: toSafeText('theirs, since you looked'),
	yours: toSafeText('yours'),
	ofSettings: (count: number) =>
		danger(
			safe`Someone else changed ${plural(count, 'of these settings', 'of these settings')} meanwhile: yours would replace theirs.`,
		),
};

export const scale = {
	title: (name: SafeText, from: number, to: number) => safe`Scale ${name} from ${from} to ${to}`,
	refusedTitle: (name: SafeText) => safe`Scale ${name}`,
	isGlobal: (name: SafeText) =>
		safe`${name} is a global service: it runs once on every node that its constraints allow, so it can't be scaled.`,
	badNumber: toSafeText('The number of replicas must be 0 or more.'),
	toNone: (name: SafeText) => warning(safe`${name} stops completely; its tasks are removed with their logs.`),
	resume: (replicas: number) => plain(safe`Resume brings its ${plural(replicas, 'replica')} back.`),
	jobAgain: warning(safe`The job runs again from the start: every update does that.`),
	summary: (name: SafeText, from: number, to: number) => safe`${name} ${from} → ${to}`,
};

export const removal = {
	title: (name: SafeText) => safe`Remove service ${name}`,
	stops: (running: number) => danger(safe`${plural(running, 'running task')} will stop, and their logs are lost.`),
	ports: (ports: readonly SafeText[]) => warning(safe`Nothing will answer on port ${list(ports)}.`),
	keeps: plain(safe`Its volumes, networks, secrets and configs are kept.`),
	forGood: warning(safe`This can't be undone: the service's settings are lost.`),
	removing: safe`removing`,
	removed: safe`removed`,
	stopping: (left: number) => safe`${plural(left, 'task')} still stopping`,
};

export const restart = {
	title: (name: SafeText) => safe`Restart every task of ${name}`,
	times: (restarts: number) => safe`restarted ${plural(restarts, 'time')}`,
};

export const continuing = {
	title: (name: SafeText) => safe`Continue the update of ${name}`,
	notPaused: (name: SafeText) => safe`${name} has no paused update.`,
	why: (message: SafeText) => warning(safe`It was paused: ${message}`),
	startsOver: plain(
		safe`The update starts over and also replaces tasks that are up to date: a paused update can only continue that way.`,
	),
	laterRollback: warning(safe`A later rollback returns to these settings, not to the ones before.`),
};

export const rollback = {
	title: (name: SafeText) => safe`Roll ${name} back to its previous settings`,
	noPrevious: (name: SafeText) =>
		safe`${name} has no previous settings: it was never updated, or the swarm has already rolled it back.`,
	to: (image: string | undefined) => safe`to go back to ${toSafeText(image ?? 'other settings')}`,
	toNothing: safe`without previous settings`,
};

export const image = {
	title: (name: SafeText, to: string) => safe`Change the image of ${name} to ${toSafeText(to)}`,
	refusedTitle: (name: SafeText) => safe`Change the image of ${name}`,
	missing: toSafeText('Name an image.'),
	change: (from: SafeText, to: string) => plain(safe`from ${from} to ${toSafeText(to)}`),
};

/** docker's own warning, and what comes of it here. */
export function unresolvedLine(name: string, problem: SafeText, kept: string | undefined): PlanLine {
	const head = safe`Image ${toSafeText(name)} could not be accessed on a registry to record its digest: ${ended(problem)}`;
	return kept?.includes('@')
		? warning(safe`${head} The digest that it runs with now is kept.`)
		: warning(
				safe`${head} Each node will access it independently, possibly leading to different nodes running different versions.`,
			);
}

/** Its registry was asked, and says that there is none: the nodes will be told the same. */
export function absentLines(image: string, problem: SafeText): PlanLine[] {
	if (!/ has no \S+\.$/.test(problem) || / or it has no /.test(problem)) return [];
	const words = safe`No such image: ${toSafeText(image)}. Tasks are rejected on every node that does not have it already.`;
	return [line('danger', words)];
}

const ended = (text: SafeText): SafeText => (/[.!?]$/.test(text) ? text : safe`${text}.`);

/** The name of an image is the same, what the registry has under it is not. */
export const newerImageLine = (service: SafeText, name: string): PlanLine =>
	plain(safe`${service}: same tag, newer image: ${toSafeText(name)}`);

export const loginLine = (domains: readonly string[]): PlanLine =>
	plain(
		safe`Your ${toSafeText(domains.length === 1 ? 'login' : 'logins')} for ${list(domains.map(toSafeText))} ${isOrAre(domains.length)} sent to the swarm, so that nodes can pull (--with-registry-auth).`,
	);

export const edit = {
	titleOfLabels: (name: SafeText) => safe`Change the labels of service ${name}`,
	title: (name: SafeText, changes: number) => safe`Change ${plural(changes, 'setting')} of service ${name}`,
	sameAlready: (name: SafeText) => safe`${name} already has these settings: there is nothing to change.`,
	same: toSafeText('the same'),
	setting: (path: string, value: string | undefined, more: number) =>
		safe`${toSafeText(path)} ${toSafeText(value ?? 'not set')}${more > 0 ? safe` and ${more} more` : nothing}`,
};

export const deploy = {
	update: (name: SafeText) => safe`Update ${name}`,
	replacesNone: (name: SafeText) => plain(safe`No task of ${name} is replaced.`),
	create: (name: string) => safe`Create service ${toSafeText(name)}`,
	isNew: (name: string, imageName: string, tasks: number | undefined) =>
		plain(
			safe`${toSafeText(name)} is new: ${toSafeText(imageName)}${tasks === undefined ? nothing : safe`, ${plural(tasks, 'task')}`}.`,
		),
	created: safe`created`,
	taken: (name: string) =>
		safe`There is a service ${toSafeText(name)} already: somebody else was faster, or it is another one. Take another name.`,
};

/** How tasks are replaced. */
export const replacing = {
	jobAgain: (name: SafeText) => warning(safe`The job ${name} runs again from the start.`),
	order: (tasks: number, atOnce: number, pauseSeconds: number, isNewFirst: boolean) =>
		plain(
			safe`${plural(tasks, 'task')} will be replaced, ${atOnce} at a time${pauseSeconds > 0 ? safe`, ${pauseSeconds} s apart` : nothing}; ${toSafeText(isNewFirst ? 'the new one starts first' : 'the old one stops first')}.`,
		),
	isDown: (name: SafeText) => danger(safe`${name} is down while its tasks are replaced.`),
};

/** How far a service has come. */
export const progress = {
	sent: safe`sent`,
	serviceGone: safe`the service is gone`,
	nodeGone: safe`the node is gone`,
	countsMissing: safe`waiting for counts`,
	paused: (isRollback: boolean, message: SafeText) =>
		safe`the ${toSafeText(isRollback ? 'rollback' : 'update')} is paused: ${message}`,
	rolledBack: (message: SafeText) => safe`rolled back by the swarm: ${message}`,
	because: (words: SafeText, reason: SafeText) => safe`${words}: ${reason}`,
	withCause: (words: SafeText, task: SafeText, error: SafeText) => safe`${words}; ${task}: ${error}`,
	endedWell: safe`ended with exit code 0; a failing health check stops a container that way, too`,
	inTrouble: (words: SafeText, task: SafeText, error: SafeText) => safe`${words}: ${task} ${error}`,
	updating: (isRollback: boolean, done: number, total: number) =>
		safe`${toSafeText(isRollback ? 'rolling back' : 'updating')} ${done}/${total}`,
	complete: (done: number, total: number) => safe`${done}/${total} complete`,
	running: (done: number, total: number) => safe`${done}/${total}`,
};

/** Networks, secrets, configs and volumes. */
export const object = {
	create: (name: SafeText) => safe`Create ${name}`,
	created: safe`created`,
	neverShown: plain(safe`What it holds is sent to the swarm, and nobody can read it there again.`),
	onThisEngine: (engine: SafeText | undefined) =>
		plain(safe`Only ${engine ?? safe`this engine`} has it: the swarm and its other nodes know nothing of it.`),
	relabel: (name: SafeText) => safe`Change the labels of ${name}`,
	relabelled: safe`labels changed`,
	remove: (name: SafeText) => safe`Remove ${name}`,
	removed: safe`removed`,
	/** `secret pw`, and the services that use it. */
	inUse: (name: SafeText, users: readonly SafeText[]) =>
		safe`The ${name} is in use by ${list(users)}: remove it from ${toSafeText(users.length === 1 ? 'that service' : 'those services')} first.`,
	usersUnknown: warning(safe`The services have not been read yet: one of them may use it.`),
	secretForGood: warning(safe`This can't be undone: nobody can read what a secret holds. Keep a copy elsewhere.`),
	forGood: warning(safe`This can't be undone.`),
	undoable: (kind: 'network' | 'config') =>
		plain(safe`Undo creates it again with the same ${toSafeText(kind === 'config' ? 'content' : 'settings')}.`),
	isRoutingMesh: danger(
		safe`This is the swarm's routing mesh: without it no service can publish a port in ingress mode.`,
	),
	dataDeleted: danger(safe`All data in it is deleted. This can't be undone.`),
	/** Services that mount a volume of that name and have no task here now. */
	startsEmpty: (services: readonly SafeText[]) =>
		warning(safe`A task of ${list(services)} that starts on this node later gets a new, empty volume.`),
};

/** A secret or a config in place of another. */
export const rotation = {
	of: (service: SafeText, kind: string, from: string, to: string) =>
		safe`Give ${service} the ${toSafeText(kind)} ${toSafeText(to)} in place of ${toSafeText(from)}`,
	uses: (name: string) => safe`with ${toSafeText(name)}`,
	usesNot: (name: string) => safe`without ${toSafeText(name)}`,
	isNotUsed: (service: SafeText, kind: string, name: string) =>
		safe`${service} does not use the ${toSafeText(kind)} ${toSafeText(name)} any more.`,
	gone: (kind: string, name: string) => `There is no ${kind} ${name} any more.`,
	nextStep: 'Create it again, or rotate to another one.',
};

export const availability = {
	already: (name: SafeText, value: string) => safe`The availability of ${name} is already ${toSafeText(value)}.`,
	drain: (name: SafeText) => safe`Drain node ${name}`,
	drainLeaves: plain(
		safe`Containers that belong to no service keep running. Nothing moves back when the node is activated again.`,
	),
	pause: (name: SafeText) => safe`Pause node ${name}`,
	pauseKeeps: plain(safe`Its tasks keep running; it takes no new ones.`),
	activate: (name: SafeText) => safe`Activate node ${name}`,
	activateTakes: plain(safe`It takes new tasks again; nothing moves back by itself, except global services.`),
	overwritten: (value: string) => safe`someone has set it to ${toSafeText(value)} since`,
	tasksUnknown: safe`drained; reading its tasks`,
	drained: safe`no tasks left`,
	left: (tasks: number, areJobs: boolean) =>
		safe`${plural(tasks, 'task')} left${areJobs ? safe`: jobs run to their end on a drained node` : nothing}`,
};

/** What leaves a node, before a forecast tells more. */
export const moving = {
	tasksUnknown: warning(safe`Its tasks are not known yet: they will be moved to other nodes.`),
	noTasks: good(safe`No tasks run there.`),
	elsewhere: (tasks: number, services: SafeText) =>
		warning(safe`${plural(tasks, 'task')} will be stopped and started on other nodes: ${services}.`),
	globalStop: (tasks: number, services: SafeText) =>
		plain(safe`${plural(tasks, 'task')} of global services will stop: ${services}.`),
	isDown: (services: readonly SafeText[]) =>
		danger(safe`Down until they start elsewhere, because all their tasks are on this node: ${list(services)}.`),
	noRoom: danger(safe`No other node takes tasks: none of these can be placed.`),
	room: (reserved: Amount, free: Amount, isTight: boolean) =>
		line(
			isTight ? 'danger' : 'plain',
			safe`It reserves ${cpus(reserved.nanoCpus)} CPUs and ${bytes(reserved.memoryBytes)}; free on the others: ${cpus(free.nanoCpus)} CPUs and ${bytes(free.memoryBytes)}.`,
		),
	/** `web ×2`. */
	tasksOf: (service: SafeText, count: number) => (count > 1 ? safe`${service} ×${count}` : service),
	more: (count: number) => safe`${count} more`,
};

export const labels = {
	title: (name: SafeText) => safe`Change the labels of node ${name}`,
	added: (key: string, value: string) => plain(safe`+ ${toSafeText(key)}=${toSafeText(value)}`),
	removed: (key: string, value: string) => plain(safe`- ${toSafeText(key)}=${toSafeText(value)}`),
	moves: warning(safe`Tasks whose constraints no longer match move to other nodes.`),
	/** `zone=a, no rack`. */
	list: (values: readonly (readonly [key: string, value: string | undefined])[]) =>
		list(values.map(([key, value]) => toSafeText(value === undefined ? `no ${key}` : `${key}=${value}`))),
};

export const nodeRemoval = {
	title: (name: SafeText, force: boolean) => safe`Remove node ${name}${force ? safe` by force` : nothing}`,
	isManager: (name: SafeText, quorum: Quorum | undefined) =>
		safe`${name} is a manager${quorum ? safe` (${quorum.managers} managers, ${quorum.needed} needed)` : nothing}: demote it first, then remove it.`,
	isUp: (name: SafeText) =>
		safe`${name} is up, and only a node that is down can be removed: drain it, then run docker swarm leave on it.`,
	forgotten: (name: SafeText) =>
		danger(safe`The swarm forgets ${name}; to come back it must join again, with a new ID.`),
	listed: safe`still listed`,
	removed: safe`removed`,
};

export const role = {
	a: (value: string) => safe`a ${toSafeText(value)}`,
	promote: (name: SafeText) => safe`Promote ${name} to a manager`,
	demote: (name: SafeText) => safe`Demote ${name} to a worker`,
	already: (name: SafeText, value: string) => safe`${name} is already a ${toSafeText(value)}.`,
	notReady: (name: SafeText, state: string) =>
		safe`${name} is ${toSafeText(state)}: a manager that can't be reached only makes the quorum harder to keep.`,
	isLast: (name: SafeText) =>
		safe`${name} is the last manager: without it there is no swarm. Promote another node first.`,
	keepsTaking: plain(safe`Its tasks keep running, and it still takes new ones.`),
	keeps: plain(safe`Its tasks keep running.`),
	isLeader: (name: SafeText) =>
		warning(safe`${name} is the leader: another manager takes over, which takes a few seconds.`),
	losesQuorum: (name: SafeText, {managers, needed, reachable}: Omit<Quorum, 'leader'>) =>
		danger(
			safe`Without ${name}, ${plural(managers, 'manager')} would be left: ${needed} must be reachable, and ${reachable} ${isOrAre(reachable)}. The swarm would lose its quorum. Bring the other managers back first.`,
		),
	noQuorum: danger(
		safe`Without a quorum nothing can be changed: tasks keep running, but failed ones are not replaced.`,
	),
	tolerates: (managers: number, losses: number) => safe`${managers} managers tolerate the loss of ${losses}`,
	oddIsBetter: (numbers: readonly SafeText[]) =>
		warning(
			safe`${list(numbers)}: a majority must remain, so an even number only adds one more that can fail. Use 3 or 5.`,
		),
	promoting: safe`joining the managers`,
	promoted: safe`promoted`,
	demoting: safe`leaving the managers`,
	demoted: safe`demoted`,
};

export const quorumChange = {
	same: (now: Quorum) => safe`Managers stay ${quorumWords(now)}.`,
	change: (now: Quorum, then: Quorum) => safe`Managers: ${quorumWords(now)}; afterwards ${quorumWords(then)}.`,
	hint: (hint: SafeText) => warning(safe`Afterwards: ${hint}.`),
};

/** `3, 2 needed, 1 can be lost`. */
function quorumWords({managers, reachable, needed, tolerated}: Quorum): SafeText {
	const missing = managers - reachable;
	const down = missing > 0 ? safe` (${missing} unreachable)` : nothing;
	const spare =
		tolerated < 0
			? safe`the quorum is lost`
			: tolerated === 0
				? safe`none can be lost`
				: safe`${tolerated} can be lost`;
	return safe`${managers}${down}, ${needed} needed, ${spare}`;
}
