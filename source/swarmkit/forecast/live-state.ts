import type {SwarmNode} from '../../wire/node.ts';
import type {Service} from '../../wire/service.ts';
import {reservationsOf} from '../scheduler/resources.ts';
import type {PastFailure} from '../state/controller.ts';
import type {NodeObject, ServiceObject, TaskObject} from '../state/objects.ts';
import type {Store, Transaction} from '../state/store.ts';
import type {ForecastInput, ForecastTask} from './input.ts';

/** Writes a live swarm, as the API shows it, into a store, so that the simulator's controllers can go on from there. */
export function placeLiveState(tx: Transaction, input: ForecastInput): void {
	createCluster(tx, input.historyLimit);
	for (const network of networksOf(input.services)) createNetwork(tx, network);
	for (const node of input.nodes) createNode(tx, node);
	const services = new Map(input.services.map((service) => [service.ID, createService(tx, service)]));
	// In the order in which the swarm made them: where tasks compete for room, the older is looked at first.
	for (const task of input.tasks.toSorted((a, b) => a.createdAt - b.createdAt || a.slot - b.slot)) {
		const service = services.get(task.serviceId);
		if (service) createTask(tx, task, service);
	}
}

/** Failures that the swarm's own leader has counted against the nodes they happened on. */
export function pastFailuresIn(store: Store, {tasks}: ForecastInput): PastFailure[] {
	return tasks.flatMap(({id, state, since, nodeId}) => {
		const task = store.get('task', id);
		return task && nodeId !== '' && (state === 'failed' || state === 'rejected') ? [{task, at: since}] : [];
	});
}

export function createNode(tx: Transaction, node: SwarmNode): void {
	tx.create<'node'>({
		kind: 'node',
		id: node.ID,
		spec: node.Spec,
		role: node.ManagerStatus ? 'manager' : 'worker',
		description: node.Description,
		status: node.Status,
		membership: 'accepted',
	} satisfies Omit<NodeObject, 'version' | 'createdAt' | 'updatedAt'>);
}

function createService(tx: Transaction, service: Service): ServiceObject {
	return tx.create<'service'>({
		kind: 'service',
		id: service.ID,
		spec: service.Spec,
		specVersion: presentVersion,
		...(service.PreviousSpec && {previousSpec: service.PreviousSpec, previousSpecVersion: formerVersion}),
		endpoint: {...(service.Endpoint.Ports && {ports: service.Endpoint.Ports}), virtualIps: virtualIps(service)},
		...updateStatusOf(service),
		...(service.JobStatus && {job: {iteration: service.JobStatus.JobIteration.Index ?? 0, lastExecution: tx.now}}),
	});
}

const presentVersion = 1;
const formerVersion = 0;

/** What goes on goes on in the forecast; what is over says nothing any more. */
function updateStatusOf({UpdateStatus: status}: Service): Pick<ServiceObject, 'updateStatus'> {
	if (!status || status.State === 'completed' || status.State === 'rollback_completed') return {};
	return {updateStatus: {state: status.State, message: status.Message}};
}

const virtualIps = (service: Service) =>
	(service.Endpoint.VirtualIPs ?? []).map(({NetworkID, Addr}) => ({networkId: NetworkID, address: Addr ?? ''}));

function createTask(tx: Transaction, task: ForecastTask, service: ServiceObject): void {
	const {Runtime: _template, ...spec} = task.formerSpec ?? service.spec.TaskTemplate;
	const generic = reservationsOf(spec)?.GenericResources;
	tx.create<'task'>({
		kind: 'task',
		id: task.id,
		createdAt: task.createdAt,
		serviceId: task.serviceId,
		slot: task.slot,
		nodeId: task.nodeId,
		spec,
		specVersion: task.formerSpec ? formerVersion : presentVersion,
		serviceName: service.spec.Name,
		serviceLabels: service.spec.Labels,
		...(service.spec.EndpointSpec && {endpointSpec: service.spec.EndpointSpec}),
		status: {
			state: task.state,
			timestamp: task.since,
			message: '',
			...(task.exitCode === undefined ? {} : {container: {ExitCode: task.exitCode}}),
		},
		desiredState: task.desired,
		attachments: attachmentsOf(service),
		...(task.nodeId !== '' && generic && {genericResources: generic}),
		...(service.job && {jobIteration: service.job.iteration}),
	} satisfies Omit<TaskObject, 'version' | 'updatedAt'>);
}

/** Addresses don't matter to a forecast, but the allocator must not think that they are still to be given. */
const attachmentsOf = (service: ServiceObject): TaskObject['attachments'] =>
	(service.spec.TaskTemplate.Networks ?? []).map(({Target}) => ({
		networkId: Target ?? '',
		addresses: ['10.255.0.1/16'],
	}));

function networksOf(services: readonly Service[]): string[] {
	const targets = services.flatMap(({Spec}) => (Spec.TaskTemplate.Networks ?? []).map(({Target}) => Target ?? ''));
	return [...new Set(targets)].filter((id) => id !== '');
}

const anyNetwork = {
	kind: 'network',
	labels: {},
	driver: 'overlay',
	options: {},
	internal: false,
	attachable: true,
	ipv6: false,
	scope: 'swarm',
	predefined: false,
	ipamDriver: 'default',
	ipamOptions: {},
	requestedIpam: [],
} as const;

function createNetwork(tx: Transaction, id: string): void {
	tx.create<'network'>({...anyNetwork, id, name: id, ingress: false});
}

function createCluster(tx: Transaction, historyLimit: number): void {
	tx.create<'network'>({...anyNetwork, id: 'ingress', name: 'ingress', ingress: true});
	tx.create<'cluster'>({
		kind: 'cluster',
		id: 'cluster',
		spec: {
			Name: 'default',
			Labels: {},
			Orchestration: {TaskHistoryRetentionLimit: historyLimit},
			Raft: {},
			Dispatcher: {},
			CAConfig: {},
			TaskDefaults: {},
			EncryptionConfig: {AutoLockManagers: false},
		},
		tokens: {worker: '', manager: ''},
		unlockKey: '',
		rootCertificate: '',
		// Room for as many tasks as a swarm may have: the forecast is about nodes, not addresses.
		addressPools: ['10.0.0.0/8'],
		subnetSize: 16,
		dataPathPort: 4789,
		blacklistedNodes: [],
	});
}
