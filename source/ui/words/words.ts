/** The words of swarm mode, three lines each, as docker means them. F2 shows them; docs/words.md is made from them. A long file: it is a list of words. */

export type Word = {
	/** The word, with the others that mean the same or its opposite. */
	readonly word: string;
	/** Three lines, each short enough for a narrow terminal: what it is, what follows from it, what to do with it. */
	readonly lines: readonly [string, string, string];
};

export const words: readonly Word[] = [
	{
		word: 'swarm',
		lines: [
			'Engines that work as one: you ask a manager, it decides what runs where.',
			'docker swarm init begins one; docker swarm join brings another engine in.',
			'What you ask for is kept, and put right again whenever something breaks.',
		],
	},
	{
		word: 'node',
		lines: [
			'One engine of the swarm: a machine that can run tasks.',
			'It is a manager or a worker, ready or down, and active, paused or drained.',
			'When it is down its tasks are started again on other nodes.',
		],
	},
	{
		word: 'manager',
		lines: [
			'A node that keeps the state of the swarm and takes your commands.',
			'All managers hold the same state; three or five of them are usual.',
			'It runs tasks too, unless it is drained. p promotes a worker to one.',
		],
	},
	{
		word: 'worker',
		lines: [
			'A node that only runs tasks and reports how they do.',
			'It keeps no state of the swarm and answers no docker service commands.',
			'Losing one costs no quorum: its tasks move elsewhere.',
		],
	},
	{
		word: 'leader',
		lines: [
			'The manager that decides now; the others copy its log.',
			'When it is lost the others elect a new one within seconds.',
			'While they do nothing can be changed, and all tasks run on.',
		],
	},
	{
		word: 'quorum',
		lines: [
			'More than half of the managers, which must be up to change anything.',
			'Of 3 managers 1 can be lost, of 5 two; of 2 none: no safer than one.',
			'Without it tasks run on, but nothing is scheduled, scaled or replaced.',
		],
	},
	{
		word: 'raft',
		lines: [
			'How managers agree: a change counts once most of them have written it.',
			'A manager that was away catches up from the others by itself.',
			'An even number of managers tolerates no more losses than one manager fewer.',
		],
	},
	{
		word: 'service',
		lines: [
			'What should run: an image, how often, with which settings.',
			'You change the service; the swarm makes tasks until they match it.',
			'docker service create makes one, or a stack file does.',
		],
	},
	{
		word: 'replicated, global',
		lines: [
			'A replicated service runs as many tasks as you say, spread over the nodes.',
			'A global one runs one task on every node that fits, also on new nodes.',
			'Only a replicated service can be scaled.',
		],
	},
	{
		word: 'task',
		lines: [
			'One attempt to fill a slot: one container on one node.',
			'A task never moves and never restarts: a new task takes its place.',
			'Old tasks are kept a while as history; H shows them.',
		],
	},
	{
		word: 'slot',
		lines: [
			'One of the numbered places of a replicated service: web.1, web.2, web.3.',
			'The slot stays when its task dies; the next task gets the same number.',
			'A global service has one slot for each node.',
		],
	},
	{
		word: 'replica',
		lines: [
			'One of the copies of a replicated service that should run at once.',
			'REPLICAS 2/3 means: three are wanted, two run.',
			's sets how many are wanted, + and _ change it by one.',
		],
	},
	{
		word: 'desired state',
		lines: [
			'What the swarm wants of a task: running, shutdown, remove.',
			'The current state is what its node reports: preparing, running, failed.',
			'Where they differ something is under way, or something is wrong.',
		],
	},
	{
		word: 'converged, converging',
		lines: [
			'Converged: everything runs as desired and nothing is on its way.',
			'Converging: tasks are starting, moving or being updated.',
			'A service that never converges has a reason: w tells it.',
		],
	},
	{
		word: 'pending',
		lines: [
			'A task that no node has been found for.',
			'A constraint, missing memory, a taken port or a platform can be why.',
			'w says for each node why it does not fit.',
		],
	},
	{
		word: 'scheduler',
		lines: [
			'The part of a manager that chooses a node for each task.',
			'Nodes that fit are compared by how many tasks of the service they have.',
			'It places tasks once; it moves none when a node comes back.',
		],
	},
	{
		word: 'constraint',
		lines: [
			'A rule that a node must meet: node.role == worker, node.labels.disk == ssd.',
			'A task whose constraint no node meets stays pending.',
			'When a label goes away, tasks that needed it are moved.',
		],
	},
	{
		word: 'placement preference',
		lines: [
			'How tasks are spread over what nodes have in common: a zone, a rack.',
			"It is a preference, not a rule: a task is placed even if it can't be met.",
			'spread=node.labels.zone gives every zone about as many tasks.',
		],
	},
	{
		word: 'reservation, limit',
		lines: [
			'A reservation is set aside on the node; the scheduler counts with it.',
			'A limit is what a container may use at most; above it, it is killed.',
			'A node is full when its reservations are, whatever it really uses.',
		],
	},
	{
		word: 'availability',
		lines: [
			'Active nodes take tasks. Paused ones keep theirs and take no new ones.',
			'Drained ones have their tasks replaced elsewhere.',
			'a changes it. It stays as you set it when the node restarts.',
		],
	},
	{
		word: 'drain',
		lines: [
			'Empties a node: its tasks are stopped, and started anew on other nodes.',
			'A service with a single replica is down until its new task runs.',
			'd plans it and asks; setting it to active again moves nothing back.',
		],
	},
	{
		word: 'promote, demote',
		lines: [
			'Promoting makes a worker a manager, demoting a manager a worker.',
			'Demote a manager before you take its machine away: that keeps the quorum.',
			'p and P do it; what would lose the quorum is refused.',
		],
	},
	{
		word: 'update, rolling update',
		lines: [
			'A changed service replaces its tasks, a few at a time (parallelism).',
			'start-first starts the new task before it stops the old one.',
			'When new tasks fail it pauses, goes on or rolls back, as you have set.',
		],
	},
	{
		word: 'rollback',
		lines: [
			'Goes back to the settings that the service had before its last update.',
			'Only one step is kept: after a rollback the two have changed places.',
			'b does it by hand; an update can do it by itself when it fails.',
		],
	},
	{
		word: 'restart policy',
		lines: [
			'Whether a task that ended gets a successor: any, on-failure or none.',
			'It can wait in between (delay), and give up after some tries.',
			'A service that fails again and again is a crash loop.',
		],
	},
	{
		word: 'health check',
		lines: [
			'A command in the container that says whether it is well.',
			'A task counts as running only once its check has passed.',
			'One that fails too often is stopped and replaced.',
		],
	},
	{
		word: 'grace period',
		lines: [
			'How long a container may take to end after SIGTERM, 10 s by default.',
			'Then it is killed, and its exit code is 137.',
			'A program that minds no SIGTERM makes every update that much slower.',
		],
	},
	{
		word: 'exit code',
		lines: [
			'What a container ended with: 0 is well, anything else is a failure.',
			'137 is killed (often out of memory), 143 SIGTERM, 127 no such command.',
			'p shows the last words of the container before.',
		],
	},
	{
		word: 'ingress, routing mesh',
		lines: [
			'The network through which a published port answers on every node.',
			'Any node takes the request and hands it on to a task, wherever that runs.',
			'So a load balancer may point at any of the nodes.',
		],
	},
	{
		word: 'host port',
		lines: [
			'A port that is published on the very node where the task runs.',
			'Each node can run only one task that publishes the same port so.',
			'PORTS shows host behind it.',
		],
	},
	{
		word: 'overlay network',
		lines: [
			'A network over all nodes: containers on it reach each other by name.',
			'A service name there is one virtual address for all of its tasks.',
			'tasks.NAME lists the address of each.',
		],
	},
	{
		word: 'stack',
		lines: [
			'Services, networks, secrets and configs from one file, under one name.',
			'docker stack deploy again changes only what differs.',
			'D on the stacks plans one and shows what would change.',
		],
	},
	{
		word: 'secret, config',
		lines: [
			'Small files that the managers keep and give to the tasks that need them.',
			'They never change: a new one gets a new name, and the service is updated.',
			'A secret is encrypted, and no command shows it again.',
		],
	},
	{
		word: 'volume',
		lines: [
			'Files that outlive a container. The swarm does not move them.',
			'A task that lands on another node finds another, empty volume there.',
			'Pin a database to its node with a constraint, or use shared storage.',
		],
	},
	{
		word: 'label',
		lines: [
			'A key and value on a node, a service or a container.',
			'Node labels are what constraints and preferences look at.',
			'L sets them. Labels of a service do not restart its tasks.',
		],
	},
	{
		word: 'job',
		lines: [
			'A service whose tasks run to their end, once each.',
			'It is complete when enough of them have ended with 0.',
			'It can not be scaled; updating it runs it again.',
		],
	},
	{
		word: 'force update',
		lines: [
			'Replaces all tasks of a service though nothing has changed.',
			'It is the restart of swarm mode: r does it, a few tasks at a time.',
			'It also spreads tasks anew, over nodes that came back empty.',
		],
	},
	{
		word: 'join token',
		lines: [
			'The secret with which an engine joins: one for workers, one for managers.',
			'docker swarm join-token worker shows the whole command.',
			'Rotate it when it has been seen by the wrong eyes.',
		],
	},
	{
		word: 'autolock',
		lines: [
			'Managers that restart stay locked until somebody gives them the key.',
			'docker swarm unlock takes it; keep the key outside of the swarm.',
			'Without the key a locked manager is lost.',
		],
	},
];
