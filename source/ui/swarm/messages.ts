/** What is said on the screen of the swarm itself: beginning one, joining, tokens, keys. */
import type {OwnAddress} from '../../cluster/actions/action.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {NodeRole} from '../../wire/node.ts';

export const nothing = toSafeText('');

export const menu = {
	inactive: (engine: SafeText) => safe`${engine} is in no swarm`,
	locked: (engine: SafeText) => safe`${engine} is locked`,
	pending: (engine: SafeText) => safe`${engine} is still joining a swarm`,
	expired: (engine: SafeText) => safe`The certificates of ${engine} have expired`,
	expiredHelp: safe`Its clock may be wrong: compare it first. Else it has to leave, and to join again with the present token.`,
	worker: (engine: SafeText) => safe`${engine} is a worker: only managers know the swarm`,
	leaderless: safe`The swarm has no leader`,
	member: safe`The swarm`,
	inSwarm: safe`This engine is in a swarm already.`,
	notLocked: safe`This engine is not locked.`,
	notNow: safe`Nothing is known of the engine yet: it has not answered.`,
};

/** What can be chosen in the menu. */
export const entry = {
	begin: {label: safe`Init`, detail: safe`start a swarm here, with this engine as its first manager`},
	join: {label: safe`Join`, detail: safe`join a swarm by the token that its managers give`},
	lines: {label: safe`By the docker CLI`, detail: safe`the commands to run in another terminal`},
	unlock: {label: safe`Unlock`, detail: safe`type the unlock key`},
	leave: {label: safe`Leave`, detail: safe`take this engine out of its swarm`},
	tokens: {label: safe`Tokens`, detail: safe`the lines that other machines join with`},
	addNode: {label: safe`Add a node`, detail: safe`let a machine join from here`},
	settings: {label: safe`Settings`, detail: safe`task history, heartbeat, certificates, snapshots`},
	unlockKey: {label: safe`Unlock key`, detail: safe`show, copy, rotate`},
	autolock: {label: safe`Autolock`, detail: safe`on or off`},
	certificates: {label: safe`Certificates`, detail: safe`rotate the root certificate`},
	asWorker: safe`runs tasks`,
	asManager: safe`also decides: keep the number of managers odd`,
};

export const init = {
	title: (engine: SafeText) => safe`Begin a swarm on ${engine}`,
	button: safe`Begin`,
	waiting: safe`beginning…`,
	advertise: safe`Advertise`,
	advertiseHint: (addresses: readonly OwnAddress[]) =>
		addresses.length === 0
			? safe`The address at which other nodes reach this one: 10.0.0.1, or an interface such as eth0. Empty: the engine chooses.`
			: safe`The address at which other nodes reach this one. Here: ${joinSafe(addresses.map(addressWords), ', ')}. Empty: the engine chooses.`,
	autolock: safe`Autolock`,
	autolockHint: safe`After each restart the manager is locked until somebody types the unlock key.`,
	more: safe`more, as docker has it by default`,
	listen: safe`Listen on`,
	listenHint: safe`Where this manager listens for the others: 0.0.0.0:2377 is every address of the machine.`,
	dataPath: safe`Data path address`,
	dataPathHint: safe`The address or interface for traffic between containers on different nodes. Empty: the advertised one.`,
	dataPort: safe`Data path port`,
	dataPortHint: safe`4789/udp unless another is given, from 1024 to 49151.`,
	pools: safe`Address pools`,
	poolsHint: safe`The subnets that overlay networks are cut from, such as 10.20.0.0/16. None: 10.0.0.0/8.`,
	size: safe`Subnet size`,
	sizeHint: safe`The prefix length of each network's subnet: 24 gives it 254 addresses.`,
	badPort: safe`A port from 1024 to 49151.`,
	badPool: safe`A subnet of IPv4 such as 10.20.0.0/16.`,
	badSize: safe`A number from 9 to 29, larger than that of the pools.`,
	badAddress: safe`An address such as 10.0.0.1 or 10.0.0.1:2377, or the name of an interface.`,
};

const addressWords = ({address, interface: name, network}: OwnAddress): SafeText =>
	safe`${toSafeText(address)} on ${toSafeText(name)} (${toSafeText(network)})`;

export const join = {
	title: (engine: SafeText) => safe`Let ${engine} join a swarm`,
	button: safe`Join`,
	waiting: safe`joining: this can take 20 s…`,
	token: safe`Token`,
	tokenHint: safe`Paste it, or the whole line that docker swarm join-token shows on a manager. It decides the role, and is not shown.`,
	noToken: safe`A token is needed: docker swarm join-token worker shows it on a manager.`,
	badToken: safe`This is not a join token: one looks like SWMTKN-1-…-…`,
	address: safe`Manager`,
	addressHint: safe`The address of a manager: 10.0.0.1:2377. Not needed where it is in the pasted line.`,
	noAddress: safe`The address of a manager is needed: 10.0.0.1:2377.`,
};

export const unlock = {
	title: (engine: SafeText) => safe`Unlock ${engine}`,
	button: safe`Unlock`,
	waiting: safe`unlocking…`,
	key: safe`Unlock key`,
	keyHint: safe`It is not shown. Another manager that is not locked tells it: docker swarm unlock-key.`,
	noKey: safe`The key is needed: SWMKEY-1-…`,
	badKey: safe`This is not an unlock key: one looks like SWMKEY-1-…, with 43 characters at the end.`,
};

export const tokens = {
	title: safe`Join tokens`,
	asking: safe`Asking for the tokens…`,
	hidden: safe`Anyone who has one and can reach a manager can join. They are hidden until you ask.`,
	line: (address: string) => safe`docker swarm join --token … ${toSafeText(address)}`,
	copyWorker: safe`Copy for a worker`,
	copyManager: safe`Copy for a manager`,
	show: safe`Show both`,
	showDetail: safe`on this screen, until you close it`,
	rotateWorker: safe`Rotate the worker's`,
	rotateManager: safe`Rotate the manager's`,
	rotateDetail: safe`the present one stops working`,
	of: (role: NodeRole, token: string) => safe`${toSafeText(role)}: ${toSafeText(token)}`,
	copied: (role: NodeRole) => safe`Copied the docker swarm join line for a ${toSafeText(role)}: it holds the token.`,
};

export const key = {
	title: safe`The unlock key`,
	asking: safe`Asking for the unlock key…`,
	hidden: safe`It unlocks managers after a restart. It is hidden until you ask.`,
	shown: (text: string) => safe`${toSafeText(text)}`,
	show: safe`Show`,
	copy: safe`Copy`,
	rotate: safe`Rotate`,
	rotateDetail: safe`the present one stops working`,
	turnOff: safe`Turn autolock off`,
	turnOffDetail: safe`managers start by themselves again`,
	copied: safe`Copied the unlock key.`,
	off: safe`Autolock is off: there is no unlock key.`,
};

export const machines = {
	asking: safe`Looking for machines…`,
	prompt: safe`Which machine joins?`,
	hint: safe`a machine that a way leads to`,
	unknown: safe`no such machine`,
	role: (machine: SafeText) => safe`${machine} joins as`,
	title: safe`add a node`,
	none: safe`swarmtop can't reach the engine of any other machine. Run the line from the join tokens on that machine. Or name its engine under nodes: in config.yaml (match: NAME, engine: ssh://USER@HOST) or as a docker context: then it can join from here.`,
};

export const replacement = {
	isWell: (name: SafeText) => safe`${name} is reachable: demote it first if it is to go.`,
	notManager: (name: SafeText) => safe`${name} is no manager.`,
	title: (name: SafeText, by: SafeText) => safe`Replace manager ${name} with ${by}`,
	prompt: (name: SafeText) => safe`Who takes the place of ${name}?`,
	hint: safe`a worker to promote, or a machine that joins`,
	promote: safe`worker: is promoted`,
	join: safe`machine: joins as a manager`,
	nobody: safe`There is no worker to promote, and no way leads to another machine.`,
	refusedTitle: safe`the quorum`,
	refused: (name: SafeText, members: number, reachable: number, needed: number) =>
		safe`${name} can't be removed now: of the ${members} managers that would be left ${reachable} are reachable, and ${needed} are needed. Bring one of the others back first.`,
	noQuorum: (engine: SafeText) =>
		safe`The swarm has lost its quorum: nothing can be changed, and no manager can be removed or replaced. Containers run on. Bring managers back until more than half of them are up: that is all it needs. Only where they are gone for good, run this on the manager that is left: docker swarm init --force-new-cluster --advertise-addr ADDRESS. It makes ${engine} the only manager, keeps services, networks, secrets and configs, and the other managers are listed as down until you remove them and let new ones join. A manager that comes back after that belongs to no swarm: let it leave with --force, and join again.`,
};

export const settingsKept = safe`Asking for the settings…`;
