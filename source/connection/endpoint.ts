import type {SafeText} from '../text/safe-text.ts';

/** Where an engine listens and how it is reached: what `--host`, a docker context or the environment comes down to. */
export type Endpoint = {
	/** As the user would write it: `unix:///var/run/docker.sock`, `tcp://10.0.0.1:2376`, `ssh://me@manager`. */
	readonly url: SafeText;
	readonly origin: EndpointOrigin;
	readonly transport: Transport;
};

/** What named the endpoint, so that an error can say where to look. */
export type EndpointOrigin =
	| {readonly kind: 'flag'}
	| {readonly kind: 'context'; readonly name: SafeText; readonly from: ContextChoice}
	| {readonly kind: 'environment'}
	| {readonly kind: 'default'}
	/** The engine of a node, found by way of the swarm's. */
	| {readonly kind: 'node'};

/** Who chose the docker context: `--context`, DOCKER_CONTEXT, or `docker context use`. */
export type ContextChoice = 'flag' | 'environment' | 'current';

export type Transport = UnixTransport | TcpTransport | SshTransport;

export type UnixTransport = {readonly kind: 'unix'; readonly path: string};

export type TcpTransport = {
	readonly kind: 'tcp';
	/** A name or an address, IPv6 without brackets. */
	readonly host: string;
	readonly port: number;
	/** Put before every path, `''` or `/prefix`: an engine behind a reverse proxy. */
	readonly basePath: string;
	readonly tls: TlsMaterial | undefined;
};

/** Certificates as PEM text, as they were read when the endpoint was resolved. */
export type TlsMaterial = {
	/** False: encrypted, but anyone may be at the other end (`--tls` without `--tlsverify`). */
	readonly verify: boolean;
	readonly ca: string | undefined;
	readonly cert: string | undefined;
	readonly key: string | undefined;
};

export type SshTransport = {
	readonly kind: 'ssh';
	readonly user: string | undefined;
	/** A name that ssh resolves, an alias of ~/.ssh/config included. */
	readonly host: string;
	readonly port: number | undefined;
	/** The engine's socket on the far side, when it is not the far docker's own default. */
	readonly socketPath: string | undefined;
	/** The host that the way leads through, as `ssh -J` takes it. */
	readonly through?: string;
	/** Where logins of this program to the same host meet (`ControlPath`), so that the second needs no login. */
	readonly sharedPath?: string;
};

/** Why no endpoint could be made of what was given: one sentence, and what to do about it. */
export type EndpointProblem = {readonly message: SafeText; readonly nextStep: SafeText};
