/** What people read of actions on the swarm itself. */
import {duration, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {NodeRole} from '../../wire/node.ts';
import {line, type PlanLine} from '../plan-line.ts';

const plain = (text: SafeText): PlanLine => line('plain', text);
const good = (text: SafeText): PlanLine => line('good', text);
const warning = (text: SafeText): PlanLine => line('warning', text);
const danger = (text: SafeText): PlanLine => line('danger', text);
const a = (role: NodeRole): SafeText => safe`a ${toSafeText(role)}`;

export const noUndo = warning(safe`This can't be undone.`);

export const init = {
	title: (engine: SafeText) => safe`Begin a swarm on ${engine}`,
	isManager: (engine: SafeText) => plain(safe`${engine} becomes the first manager of a new swarm.`),
	reachedAt: (address: string) => plain(safe`Other nodes reach it at ${toSafeText(address)}.`),
	choosesAddress: plain(safe`The engine chooses the address under which other nodes reach it.`),
	ports: plain(
		safe`Open between the nodes: 2377/tcp to managers, 7946/tcp and 7946/udp, 4789/udp for networks of containers.`,
	),
	locks: warning(
		safe`Autolock: after each restart this manager is locked until somebody types the unlock key. Write the key down.`,
	),
	beginning: safe`beginning`,
	done: safe`the swarm has begun`,
	doneLocked: safe`the swarm has begun, with autolock: write its unlock key down`,
	already: toSafeText('This engine is in a swarm already: let it leave that one first.'),
};

export const join = {
	title: (engine: SafeText) => safe`Let ${engine} join a swarm`,
	asks: (manager: string) => plain(safe`It asks the manager at ${toSafeText(manager)} for a certificate.`),
	tokenDecides: plain(safe`The token decides whether it becomes a worker or a manager.`),
	noToken: toSafeText('Paste the token: docker swarm join-token worker shows it on a manager.'),
	noAddress: toSafeText('Name the address of a manager: 10.0.0.1:2377.'),
	joining: safe`joining`,
	asManager: safe`joined as a manager`,
	asWorker: safe`joined as a worker`,
	/** Where a command would have it. */
	hidden: toSafeText('TOKEN stands for the join token, which is not shown.'),
};

export const leave = {
	title: (engine: SafeText) => safe`Let ${engine} leave the swarm`,
	giveUp: plain(safe`It gives up joining.`),
	tasksStop: plain(
		safe`Its containers of services are removed; the swarm starts them on other nodes when it sees it gone.`,
	),
	staysListed: plain(safe`The swarm goes on listing it as a node that is down, until it is removed there.`),
	erases: (services: number) =>
		danger(
			safe`It is the last manager: the swarm is erased with its ${plural(services, 'service')}, and all secrets, configs and networks.`,
		),
	othersKept: (left: number, total: number, needed: number, tolerated: number) =>
		(tolerated > 0 ? plain : warning)(
			safe`The others go on counting it as a manager: ${left} of ${total} are reachable then, ${needed} needed, ${tolerated === 0 ? safe`none can be lost` : safe`${tolerated} can be lost`}.`,
		),
	losesQuorum: (left: number, total: number, needed: number) =>
		danger(
			safe`The swarm loses its quorum: the others go on counting it as a manager, so of ${total} managers ${left} are reachable then, and ${needed} are needed.`,
		),
	demoteFirst: warning(safe`Demote it first: then they no longer count it.`),
	locked: warning(safe`It is locked: what it knows of the swarm is deleted, and can't be had back from it.`),
	expired: warning(safe`Its certificates have expired: what it knows of the swarm is deleted, and it can join again.`),
	leaving: safe`leaving`,
	left: safe`left the swarm`,
	notMember: toSafeText('This engine is in no swarm: there is nothing to leave.'),
	forceWord: safe`--force`,
};

export const unlock = {
	title: (engine: SafeText) => safe`Unlock ${engine}`,
	noKey: toSafeText('Type or paste the unlock key: SWMKEY-1-…'),
	notLocked: toSafeText('This engine is not locked.'),
	unlocking: safe`unlocking`,
	unlocked: safe`unlocked`,
	asksKey: toSafeText('The command asks for the key itself.'),
};

export const tokens = {
	title: (role: NodeRole) => safe`Rotate the join token for ${toSafeText(role)}s`,
	oldStops: (role: NodeRole) =>
		warning(
			safe`The present token stops working at once: whoever has a copied line for ${toSafeText(role)}s needs the new one.`,
		),
	membersStay: plain(safe`Nodes that are in the swarm stay in it.`),
	otherStays: (role: NodeRole) => plain(safe`The token for ${toSafeText(role)}s stays as it is.`),
	rotated: safe`rotated`,
};

export const unlockKey = {
	title: safe`Rotate the unlock key`,
	isOff: toSafeText('Autolock is off: there is no unlock key.'),
	oldStops: warning(safe`The present key stops working as soon as every manager has the new one.`),
	keepOld: plain(
		safe`Keep the old key for some minutes: a manager that restarts before it has heard of the new one still wants the old.`,
	),
	rotated: safe`rotated: write the new key down`,
};

export const autolock = {
	title: (isOn: boolean) => safe`Turn autolock ${isOn ? safe`on` : safe`off`}`,
	already: (isOn: boolean) => safe`Autolock is ${isOn ? safe`on` : safe`off`} already.`,
	on: [
		warning(safe`A manager whose engine restarts is locked until somebody types the unlock key.`),
		warning(safe`Without the key it can only leave the swarm: write it down as soon as it is shown.`),
		plain(safe`Keys and the raft log are encrypted on the disks of managers with a key that lies on none of them.`),
	],
	off: [
		plain(safe`Managers start again by themselves; the present unlock key is of no use any more.`),
		plain(safe`The key that opens their raft log lies on their disks again.`),
	],
	isOn: safe`on: write the unlock key down`,
	isOff: safe`off`,
};

export const certificates = {
	title: safe`Rotate the swarm's root certificate`,
	newRoot: plain(
		safe`The swarm makes a new root certificate, and every node gets a new certificate from it. Tasks run on.`,
	),
	tokensChange: warning(safe`Both join tokens change: lines that were copied before stop working.`),
	waitsFor: (names: readonly SafeText[]) =>
		warning(
			safe`The rotation ends when every node has its new certificate: it waits for ${joinSafe(names, ', ')}, which ${names.length === 1 ? safe`is` : safe`are`} down.`,
		),
	underWay: toSafeText('A rotation is under way already: it ends when every node has its new certificate.'),
	progress: (done: number, total: number) => safe`${done}/${total} nodes have their new certificate`,
	waiting: (names: readonly SafeText[]) => safe`waiting for ${joinSafe(names, ', ')} (down)`,
	done: safe`every node has its new certificate; both join tokens have changed`,
};

export const settings = {
	title: (count: number) => safe`Change ${plural(count, 'setting')} of the swarm`,
	same: toSafeText('The swarm has these settings already: there is nothing to change.'),
	changed: safe`changed`,
	rotates: warning(safe`CAConfig.ForceRotate: every node gets a new certificate, and both join tokens change.`),
	locks: (isOn: boolean) => (isOn ? autolock.on : autolock.off),
	historyNow: plain(safe`Older tasks than that are forgotten as new ones replace them.`),
	heartbeat: (nanos: number) =>
		(nanos > 30e9 ? warning : plain)(
			safe`A node that dies is noticed after three heartbeats: ${duration((nanos / 1e6) * 3)}.`,
		),
	expiry: plain(safe`Nodes take the new term with their next certificate.`),
	conflict: (path: string, seen: string, now: string) =>
		`Someone else changed ${path} first: it was ${seen} when you looked, and is ${now} now.`,
	conflictNext: 'Your change was not applied. Check it, and repeat it if you still want it.',
};

export const nodeJoin = {
	title: (machine: SafeText, role: NodeRole) => safe`Let ${machine} join as ${a(role)}`,
	asks: (machine: SafeText, manager: string) =>
		plain(
			safe`The engine of ${machine} asks the manager at ${toSafeText(manager)} for a certificate, with the present token.`,
		),
	noManager: toSafeText('No manager is reachable that it could ask.'),
	noWay: (machine: string) => `There is no way to the engine of ${machine}.`,
	noWayNext: 'Name its engine under nodes: in config.yaml.',
	isMember: (machine: string) => `${machine} is in a swarm already.`,
	isMemberNext: 'Let it leave that one first.',
	takesTasks: good(safe`It takes tasks at once: the scheduler places new ones there.`),
	joining: safe`joining`,
	joined: (role: NodeRole) => safe`joined as ${a(role)}`,
};
