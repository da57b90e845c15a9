import {isIP} from 'node:net';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {InitRequest, JoinRequest, Refusal} from '../contract.ts';
import {defaultPort, type Endpoint} from './addresses.ts';

/** What is wrong with a request to found or join a swarm, in the engine's order (moby daemon/cluster/swarm.go). */

const invalid = (message: string) => failed<Refusal>({status: 400, message});
/** What is found only when the node is being made comes back as a plain error. */
const broken = (message: string) => failed<Refusal>({status: 500, message});
const quoted = (text: string): string => JSON.stringify(text);

/** Where the first manager is to be found, or what is wrong. */
export function checkInit(request: InitRequest, ownAddress: string): Result<Endpoint, Refusal> {
	if (request.listenAddress === '') return emptyListenAddress;
	const {Name: name = ''} = (request.spec ?? {}) as {Name?: string};
	if (name !== '' && name !== 'default') return invalid('swarm spec must be named "default"');
	const listen = parseListenAddress(request.listenAddress);
	if (!listen.ok) return listen;
	const advertised = resolveAdvertised(request.advertiseAddress, listen.value.port, ownAddress);
	if (!advertised) {
		return invalid('advertise address must be a non-zero IP address or network interface (with optional port number)');
	}
	const problem = addressPoolProblem(request) ?? dataPathProblem(request) ?? availabilityProblem(request);
	return problem === undefined ? ok(advertised) : broken(problem);
}

/** Where the node is to be found, or what is wrong; an advertised address that can't be one is passed over. */
export function checkJoin(request: JoinRequest, ownAddress: string): Result<Endpoint, Refusal> {
	if (request.listenAddress === '') return emptyListenAddress;
	if (request.remoteAddresses.length === 0) return invalid('at least 1 RemoteAddr is required to join');
	for (const remote of request.remoteAddresses) {
		if (remote === '') return invalid(`invalid remoteAddr ${quoted(remote)}: invalid empty address`);
	}
	const listen = parseListenAddress(request.listenAddress);
	if (!listen.ok) return listen;
	const problem = availabilityProblem(request);
	if (problem !== undefined) return broken(problem);
	const {port} = listen.value;
	return ok(resolveAdvertised(request.advertiseAddress, port, ownAddress) ?? {host: ownAddress, port});
}

const emptyListenAddress = invalid('invalid ListenAddr "": invalid empty address');

function parseListenAddress(text: string): Result<Endpoint, Refusal> {
	const endpoint = splitHostPort(text);
	if (!endpoint) return invalid(`could not parse listen address ${text}`);
	if (isIP(endpoint.host) !== 0 || isInterface(endpoint.host)) return ok(endpoint);
	if (!/:\d+$/.test(text)) return invalid(`could not parse listen address ${text}`);
	return invalid('listen address must be an IP address or network interface (with optional port number)');
}

function resolveAdvertised(asked: string, port: number, ownAddress: string): Endpoint | undefined {
	if (asked === '') return {host: ownAddress, port};
	const bare = isIP(asked) !== 0 || isInterface(asked);
	const endpoint = bare ? {host: asked, port} : splitHostPort(asked);
	if (!endpoint) return undefined;
	if (isInterface(endpoint.host)) return {...endpoint, host: ownAddress};
	return isIP(endpoint.host) === 0 || /^(0\.0\.0\.0|[:0]+)$/.test(endpoint.host) ? undefined : endpoint;
}

/** `host:port` or `[v6]:port`; without a port it is the swarm's. */
function splitHostPort(text: string): Endpoint | undefined {
	const match = /^(?:tcp:\/\/)?(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text);
	const port = Number(match?.[3] ?? defaultPort);
	return match && port <= 65_535 ? {host: match[1] ?? match[2] ?? '', port} : undefined;
}

/** Every simulated machine has these. */
const isInterface = (name: string): boolean => name === 'eth0' || name === 'lo';

function addressPoolProblem({addressPools, subnetSize}: InitRequest): string | undefined {
	if (!addressPools || addressPools.length === 0) return undefined;
	if (subnetSize > 32) return `subnet size is out of range: ${subnetSize}`;
	for (const pool of addressPools) {
		const [address = '', length = ''] = pool.split('/');
		if (isIP(address) !== 4 || !/^\d{1,2}$/.test(length) || Number(length) > 32) {
			return `invalid base pool ${pool}: invalid CIDR address: ${pool}`;
		}
		if (subnetSize < Number(length))
			return `invalid CIDR: ${quoted(pool)}. Subnet size is too small for pool: ${subnetSize}`;
	}
	return undefined;
}

const dataPathProblem = ({dataPathPort: port}: InitRequest): string | undefined =>
	port === 0 || (port >= 1024 && port <= 49_151)
		? undefined
		: `Datapath port number is not in valid range (1024-49151) : ${port}`;

const availabilityProblem = ({availability}: {readonly availability: string}): string | undefined =>
	['', 'active', 'pause', 'drain'].includes(availability.toLowerCase())
		? undefined
		: `invalid Availability: ${quoted(availability)}`;
