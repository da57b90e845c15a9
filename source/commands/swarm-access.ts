/** How a program of docker's reaches the swarm that is on the screen: the variables that the docker CLI goes by. */
import path from 'node:path';
import type {Endpoint} from '../connection/endpoint.ts';
import {type ConnectionFlags, dockerConfigDirectory, type Surroundings} from '../connection/resolve.ts';
import type {SwarmAccess} from '../ui/app/custom-commands.ts';

/** Variables of docker's that name an engine; those that are not set for the swarm on the screen must not be inherited. */
const dockersOwn = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_TLS', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'] as const;

type AccessOptions = {
	readonly isReadOnly: boolean;
	/** Of the engine that the program was started for: a context keeps its certificates itself. */
	readonly flags?: ConnectionFlags | undefined;
	readonly surroundings: Surroundings;
};

export function accessTo({origin, url, transport}: Endpoint, options: AccessOptions): SwarmAccess {
	const {isReadOnly} = options;
	const context = origin.kind === 'context' ? origin.name : 'default';
	const isSecure = transport.kind === 'tcp' && transport.tls !== undefined;
	const way: Environment =
		origin.kind === 'context'
			? {DOCKER_CONTEXT: context}
			: {DOCKER_HOST: url, ...(isSecure && tlsVariables(transport.tls?.verify ?? true, options))};
	return {
		context,
		host: url,
		environment: {
			...Object.fromEntries(dockersOwn.map((name) => [name, undefined])),
			...way,
			SWARMTOP_CONTEXT: context,
			SWARMTOP_HOST: url,
			SWARMTOP_READ_ONLY: isReadOnly ? '1' : undefined,
		},
	};
}

type Environment = Readonly<Record<string, string | undefined>>;

function tlsVariables(verify: boolean, {flags = {}, surroundings}: AccessOptions): Environment {
	const {environment} = surroundings;
	const usual = environment['DOCKER_CERT_PATH'] || dockerConfigDirectory(surroundings);
	const file = (name: string, given: string | undefined): string => path.resolve(given ?? path.join(usual, name));
	const [ca, cert, key] = [
		file('ca.pem', flags.tlsCaCert),
		file('cert.pem', flags.tlsCert),
		file('key.pem', flags.tlsKey),
	];
	const directory = path.dirname(ca);
	// docker's variable names a directory, in which the files have their usual names.
	const isUsual =
		[ca, cert, key].join() === ['ca.pem', 'cert.pem', 'key.pem'].map((name) => path.join(directory, name)).join();
	return {
		...(verify ? {DOCKER_TLS_VERIFY: '1'} : {DOCKER_TLS: '1'}),
		...(isUsual && {DOCKER_CERT_PATH: directory}),
		SWARMTOP_TLS_CA_CERT: ca,
		SWARMTOP_TLS_CERT: cert,
		SWARMTOP_TLS_KEY: key,
	};
}
