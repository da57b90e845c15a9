/**
 * The tour through the demo swarm: what swarm mode does when things break, grow, move and fail. F1 shows it, docs/tour.md is
 * made from it, and a test plays its keys and looks for what each step promises.
 */

export type TourStep = {
	/** What to press and why; keys stand as `<kbd>x</kbd>`, what is typed as "type `x`". */
	readonly say: string;
	/** What then comes on the screen. */
	readonly see: readonly string[];
};

export type TourChapter = {readonly title: string; readonly steps: readonly TourStep[]};

const step = (say: string, ...see: readonly string[]): TourStep => ({say, see});

export const tour: readonly TourChapter[] = [
	{
		title: 'What is wrong?',
		steps: [
			step('Press <kbd>0</kbd>: what is not as desired, the worst first.', 'trainer', 'no suitable node'),
			step('Find it with <kbd>/</kbd>, type `trainer`, <kbd>Enter</kbd>.', '▸✗'),
			step(
				'Ask why with <kbd>w</kbd>: what the service needs, and node by node why that is not there.',
				'why trainer',
				'node.labels.gpu == a100',
				'w4: no',
			),
			step(
				'<kbd>Esc</kbd> closes the text, <kbd>Esc</kbd> takes the filter away, and <kbd>q</kbd> closes the overview.',
				'2 services 14',
			),
		],
	},
	{
		title: 'It heals',
		steps: [
			step(
				'A service is a promise: so many tasks run. Go to the services with <kbd>2</kbd>, find one with <kbd>/</kbd>, type `shop_api`, <kbd>Enter</kbd>.',
				'▸● shop_api',
				'4/4',
			),
			step(
				'Break the promise: <kbd>F3</kbd> <kbd>k</kbd> kills a task. Those of the selected service come first.',
				'Kill a task: which?',
				'shop_api.1',
			),
			step(
				'<kbd>Enter</kbd> kills the first. Its container is gone, and the swarm fills the slot with a new task.',
				'shop_api.1 is killed',
			),
			step(
				'The dead task is history: go to the tasks with <kbd>3</kbd>, and <kbd>H</kbd> shows it under its slot.',
				'└ shop_api.1',
			),
			step('Hide the history again with <kbd>H</kbd>, and go back with <kbd>2</kbd>.', '▸● shop_api', '4/4'),
		],
	},
	{
		title: 'Something new',
		steps: [
			step(
				'Make a service: <kbd>n</kbd>, and <kbd>n</kbd> for one from an image. A form asks for it, and says of each field what belongs there.',
				'New service',
				'registry.example',
			),
			step('Its image: type `nginx:1.27`, and <kbd>Tab</kbd> goes on. Its name: type `hello`.', 'nginx:1.27', 'hello'),
			step(
				'That is enough: <kbd>Ctrl-S</kbd> goes on to the plan, which says where its task will run and what docker calls it.',
				'Create service hello',
				'docker service create --name hello',
				'hello.1',
			),
			step('Say <kbd>y</kbd>, and wait until its task runs.', '● Create service hello'),
			step('It was for show: <kbd>U</kbd> asks to take it back.', 'docker service rm hello'),
			step('Say <kbd>y</kbd>.', '● Remove service hello'),
		],
	},
	{
		title: 'A node dies',
		steps: [
			step('Stop a machine: <kbd>F3</kbd> <kbd>s</kbd>, type `w1`.', 'Stop a node: which?'),
			step(
				'<kbd>Enter</kbd> ends its engine. Look at the nodes with <kbd>1</kbd>: once it has been silent for a few seconds it is down, and its tasks are started on other nodes.',
				'w1 is stopped',
				'down',
			),
			step(
				'Bring it back: <kbd>F3</kbd> <kbd>b</kbd>, type `w1`, <kbd>Enter</kbd>. It takes new tasks, but nothing moves back to it by itself.',
				'w1 is started',
			),
		],
	},
	{
		title: 'Scale',
		steps: [
			step('More of the service: <kbd>2</kbd>, then <kbd>s</kbd> asks how many.', 'Replicas of shop_api', 'now 4'),
			step(
				'Type `6` and press <kbd>Enter</kbd>. Nothing happens yet: the plan says what will start where.',
				'Scale shop_api from 4 to 6',
				'2 tasks will start',
				'[ Cancel ]',
			),
			step('<kbd>y</kbd> does it.', '6/6'),
			step(
				'Too many? <kbd>U</kbd> takes it back. Tasks would stop, so it asks.',
				'Scale shop_api from 6 to 4',
				'[ Cancel ]',
			),
			step('<kbd>y</kbd>', '4/4'),
		],
	},
	{
		title: 'Drain',
		steps: [
			step(
				'Before work on a machine, empty it. Go to the nodes with <kbd>1</kbd>, <kbd>/</kbd>, type `w2`, <kbd>Enter</kbd>.',
				'▸● w2',
			),
			step(
				'<kbd>d</kbd> plans it: what moves where, and what is down until then.',
				'Drain node w2',
				'docker node update --availability drain w2',
				'[ Cancel ]',
			),
			step('<kbd>t</kbd> shows that on the map: minus stops, plus starts.', 'planned', 'topology'),
			step('<kbd>y</kbd> does it. The node runs no more tasks.', 'Drain node w2: no tasks left'),
			step(
				'<kbd>U</kbd> makes it active again. Its tasks stay where they went; only new ones come.',
				'Activate node w2',
			),
			step('Back to the nodes with <kbd>q</kbd>, and all of them with <kbd>Esc</kbd>.', '1 nodes 7'),
		],
	},
	{
		title: 'Quorum',
		steps: [
			step(
				'Three managers decide by majority: two must be up. Stop one: <kbd>F3</kbd> <kbd>s</kbd>, type `m2`, <kbd>Enter</kbd>.',
				'Unreachable',
			),
			step(
				'Everything works, but one more is too many: <kbd>F3</kbd> <kbd>s</kbd>, type `m3`, <kbd>Enter</kbd>. Without a majority nothing can be changed any more; the tasks run on.',
				'The swarm has no leader',
			),
			step(
				'Bring one back, and it decides again: <kbd>F3</kbd> <kbd>b</kbd>, type `m3`, <kbd>Enter</kbd>.',
				'm3 is started',
			),
			step(
				'<kbd>F3</kbd> <kbd>a</kbd> repairs everything that was broken. Five managers would have borne the loss of two.',
				'1 can be lost',
			),
		],
	},
	{
		title: 'Roll back',
		steps: [
			step(
				'Give a service an image that no registry has: <kbd>2</kbd>, <kbd>u</kbd>, type `shop/api:3.1`, <kbd>Enter</kbd>.',
				'[ Cancel ]',
			),
			step(
				'<kbd>y</kbd> does it all the same: the new tasks are rejected, the old ones that are left run on.',
				'▸✗ shop_api',
			),
			step('<kbd>b</kbd> goes back to the settings before. One step is kept.', 'Roll shop_api back', '[ Cancel ]'),
			step('<kbd>y</kbd>', '4/4'),
		],
	},
	{
		title: 'Read',
		steps: [
			step('Its logs, all replicas in one stream: <kbd>l</kbd>.', 'logs of shop_api'),
			step(
				'<kbd>/</kbd> searches in them, type `200`, <kbd>Enter</kbd>; <kbd>N</kbd> goes to the hit before.',
				'search 200',
			),
			step(
				'<kbd>q</kbd> closes them. What have you done so far? <kbd>A</kbd> tells, with docker’s words for it.',
				'activity',
				'docker service',
			),
			step(
				'<kbd>Esc</kbd>, then <kbd>1</kbd> and <kbd>I</kbd>: all containers on that node, as its own engine tells them.',
				'[containers] images volumes disk',
			),
			step('<kbd>Tab</kbd> goes on to its images, volumes and disk.', 'containers [images] volumes disk'),
			step('<kbd>Esc</kbd>, then <kbd>F2</kbd> explains every word you have met.', 'words of swarm mode'),
			step('<kbd>Esc</kbd>, then <kbd>?</kbd> shows every key there is.', 'help'),
			step(
				'<kbd>Esc</kbd>, then <kbd>F6</kbd>: what can be done about the swarm itself, from the tokens that others join with to leaving it.',
				'Tokens',
				'Leave',
			),
			step('Enough: <kbd>Esc</kbd> and <kbd>Ctrl-C</kbd>.'),
		],
	},
];
