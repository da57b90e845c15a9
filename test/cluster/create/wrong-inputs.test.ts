import {describe, expect, it} from 'vitest';
import {serviceProblem} from '../../../source/cluster/create/checks.ts';
import type {ClusterState} from '../../../source/cluster/model.ts';
import type {Entries} from '../../../source/text/entries.ts';
import type {Network} from '../../../source/wire/network.ts';
import {cluster, service, shop} from '../../ui/support/entities.ts';

const network = (name: string, more: Partial<Network> = {}): Network => ({
	Name: name,
	Id: `id-${name}`,
	Created: '',
	Scope: 'swarm',
	Driver: 'overlay',
	EnableIPv6: false,
	IPAM: {Driver: 'default', Options: null, Config: [{Subnet: '10.0.1.0/24'}]},
	Internal: false,
	Attachable: false,
	Ingress: false,
	ConfigFrom: {Network: ''},
	ConfigOnly: false,
	Options: null,
	Labels: null,
	...more,
});

const meta = {Version: {Index: 1}, CreatedAt: '', UpdatedAt: ''};

function swarm(): ClusterState {
	const published = service('web');
	const taken = {
		...published.raw,
		Endpoint: {Ports: [{PublishedPort: 8080, TargetPort: 80, Protocol: 'tcp' as const}]},
	};
	const hosted = service('edge');
	const onHosts = {
		...hosted.raw,
		Spec: {
			...hosted.raw.Spec,
			EndpointSpec: {Ports: [{PublishedPort: 9000, TargetPort: 9, PublishMode: 'host' as const}]},
		},
	};
	return {
		...cluster({
			...shop(),
			services: [
				{...published, raw: taken},
				{...hosted, raw: onHosts},
			],
		}),
		inventory: {
			networks: [
				network('front'),
				network('ingress', {Ingress: true}),
				network('docker_gwbridge', {Scope: 'local', Driver: 'bridge'}),
			],
			secrets: [{ID: 's1', ...meta, Spec: {Name: 'tls_key', Labels: {}}}],
			configs: [{ID: 'c1', ...meta, Spec: {Name: 'site', Labels: {}}}],
			refused: {},
		},
	};
}

const state = swarm();
/** What is wrong with a text where it alone stands in its field. */
const problem = (id: string, text: string, others: Entries = {}): string =>
	String(serviceProblem(id, text, {[id]: [text], ...others}, state) ?? '');

/** Each wrong input, and the sentence that it gets. */
const wrong: readonly (readonly [field: string, text: string, says: string])[] = [
	['name', '', 'Name the service.'],
	['name', 'web', 'There is a service web already.'],
	['name', 'WEB', 'There is a service web already.'],
	['name', 'my service', '“my service” can’t be a name'],
	['name', '-web', '“-web” can’t be a name'],
	['name', 'web-', '“web-” can’t be a name'],
	['name', '_web', '“_web” can’t be a name'],
	['name', 'web.1', '“web.1” can’t be a name'],
	['name', 'wéb', '“wéb” can’t be a name'],
	['name', '名前', '“名前” can’t be a name'],
	['name', 'web/api', '“web/api” can’t be a name'],
	['name', 'a'.repeat(64), 'A name has 63 characters at most; this one has 64.'],
	['image', '', 'A service needs an image.'],
	['image', 'Nginx', 'names have small letters only'],
	['image', 'nginx:', 'is not an image'],
	['image', 'nginx:1.27 alpine', 'is not an image'],
	['image', ':latest', 'is not an image'],
	['image', 'nginx:ta/g', 'is not an image'],
	['image', 'nginx@sha256:12', 'is not an image'],
	['image', 'http://registry.example/app', 'is not an image'],
	['image', '../app', 'is not an image'],
	['replicas', 'three', '“three” is not a whole number'],
	['replicas', '-1', '“-1” is not a whole number'],
	['replicas', '1.5', '“1.5” is not a whole number'],
	['replicas', '1e3', '“1e3” is not a whole number'],
	['replicas', '100001', 'At most 100000.'],
	['replicas', '99999999999999999999', 'is not a whole number'],
	['completions', '0', 'At least 1.'],
	['completions', 'all', 'is not a whole number'],
	['concurrent', '0', 'At least 1.'],
	['command', 'sh -c "sleep', 'The quote " is not closed.'],
	['command', 'echo \\', 'Nothing follows the last backslash.'],
	['entrypoint', "tini '", "The quote ' is not closed."],
	['ports', 'http', '“http” is not a port'],
	['ports', '8080:', 'is not a port'],
	['ports', '8080:80:90', 'is not a port'],
	['ports', '0:80', '“0” is no port: they go from 1 to 65535.'],
	['ports', '70000:80', '“70000” is no port'],
	['ports', '81:70000', '“70000” is no port'],
	['ports', '81:80/icmp', 'is not a port'],
	['ports', '81:80/tcp/udp', 'is not a port'],
	['ports', '8000-8002:80-81', 'Both ranges must be of the same length.'],
	['ports', '127.0.0.1:81:80', 'A swarm publishes a port on every node: take 127.0.0.1 away'],
	['ports', 'published=81', 'A port needs the one in the container'],
	['ports', 'target=80,mode=mesh', 'is not a port'],
	['ports', 'target=0', '“0” is no port'],
	['ports', 'target=80,publish=81', 'A port has no “publish”'],
	['ports', 'published=8x,target=80', '“8x” is no port'],
	['ports', '8080:80', '8080/tcp is published by the service web already.'],
	['ports', '8079-8081:80', '8080/tcp is published by the service web already.'],
	['ports', 'published=8080,target=80,mode=host', '8080/tcp is published by the service web already.'],
	['ports', '9000:80', '9000/tcp is published by the service edge already.'],
	['networks', 'back', 'There is no network back.'],
	['networks', 'Front', 'There is no network Front.'],
	['networks', 'ingress', 'ingress is the routing mesh’s own network'],
	['networks', 'docker_gwbridge', 'docker_gwbridge is a network of this node alone'],
	['networks', 'front back', 'is not a network'],
	['networks', 'name=', 'is not a network'],
	['networks', 'alias=web', 'is not a network'],
	['networks', 'name=front,ip=10.0.1.5', 'A network has no “ip”'],
	['env', 'PLAIN', '“PLAIN” is not a variable'],
	['env', '=value', '“=value” is not a variable'],
	['env', 'TWO WORDS=x', 'is not a variable'],
	['mounts', 'data', 'The place in the container is an absolute path'],
	['mounts', 'data:var/lib', 'The place in the container is an absolute path'],
	['mounts', './data:/data', 'What is bound is an absolute path on the node'],
	['mounts', '~/data:/data', 'What is bound is an absolute path on the node'],
	['mounts', 'aa:bb:cc:dd', 'is not a mount'],
	['mounts', ':/data', 'is not a mount'],
	['mounts', 'type=bind,target=/data', 'A bind mount needs the path on the node'],
	['mounts', 'type=tmpfs,source=x,target=/tmp', 'A tmpfs has no source'],
	['mounts', 'type=volume,source=d,target=/data', '“d” can’t be a name'],
	['mounts', 'my data:/data', '“my data” can’t be a name'],
	['mounts', 'type=nfs,target=/data', '“nfs” is no type of mount'],
	['mounts', 'type=volume,source=x', 'The place in the container is an absolute path'],
	['mounts', 'type=volume,target=/x,size=10g', '“size” is not known here'],
	['secrets', 'tls', 'There is no secret tls.'],
	['secrets', 'tls key', 'is not a secret'],
	['secrets', 'source=tls_key,path=/x', 'A secret has no “path”'],
	['secrets', 'source=tls_key,mode=rw', '“rw” is not a file mode'],
	['secrets', 'source=tls_key,mode=0999', '“0999” is not a file mode'],
	['secrets', 'target=/x', 'is not a secret'],
	['configs', 'sites', 'There is no config sites.'],
	['configs', 'source=site,owner=root', 'A config has no “owner”'],
	['constraints', 'node.role', '“node.role” is not a constraint'],
	['constraints', 'node.role=manager', 'is not a constraint'],
	['constraints', 'node.role==', 'is not a constraint'],
	['constraints', '==manager', 'is not a constraint'],
	['constraints', 'node role==manager', 'is not a constraint'],
	['constraints', 'node.labels.zone>=2', 'is not a constraint'],
	['constraints', 'role==manager', 'No node ever has “role”'],
	['constraints', 'node.zone==a', 'No node ever has “node.zone”'],
	['preferences', 'node.role', '“node.role” is not a preference'],
	['preferences', 'pack=node.labels.zone', 'is not a preference'],
	['preferences', 'spread=', 'is not a preference'],
	['preferences', 'zone', 'is not a preference'],
	['max-per-node', 'one', 'is not a whole number'],
	['reserve-cpu', 'half', '“half” is not a number of CPUs'],
	['reserve-cpu', '-1', 'is not a number of CPUs'],
	['reserve-cpu', '0.0001', 'At least 0.001 of a CPU'],
	['limit-cpu', '50%', 'is not a number of CPUs'],
	['limit-cpu', '0', 'At least 0.001 of a CPU'],
	['reserve-memory', '1', 'At least 4m'],
	['reserve-memory', '512 mb free', 'is not a size'],
	['limit-memory', '3m', 'At least 4m'],
	['limit-memory', '-1g', 'is not a size'],
	['limit-memory', '1x', 'is not a size'],
	['health-interval', '10', '“10” is not a time'],
	['health-interval', '-1s', 'A time is not negative.'],
	['health-interval', '100us', 'At least 1ms'],
	['health-timeout', 'soon', 'is not a time'],
	['health-retries', '-3', 'is not a whole number'],
	['health-start', '1 minute', 'is not a time'],
	['restart-delay', '5', 'is not a time'],
	['restart-delay', '-5s', 'A time is not negative.'],
	['restart-attempts', '∞', 'is not a whole number'],
	['restart-window', '1d', 'is not a time'],
	['update-parallelism', '50%', 'is not a whole number'],
	['update-delay', '-10s', 'A time is not negative.'],
	['update-monitor', 'x', 'is not a time'],
	['update-ratio', '20%', 'write a number from 0 to 1'],
	['update-ratio', '1.5', 'write a number from 0 to 1'],
	['labels', 'tier', '“tier” is not a key with its value'],
	['labels', '=front', 'is not a key with its value'],
	['labels', 'my tier=front', 'is not a key with its value'],
];

const apostrophes = (text: string): string => text.replaceAll('’', "'");

describe('a wrong input for a new service', () => {
	it.each(wrong)('in %s: %j gets a sentence that says what is wrong', (field, text, says) => {
		expect(problem(field, text)).toContain(apostrophes(says));
	});

	it('is found beside the others too', () => {
		const twice = (id: string, ...texts: readonly string[]): string =>
			String(serviceProblem(id, texts.at(-1) ?? '', {[id]: texts}, state) ?? '');
		expect(twice('ports', '81:80', '81:90')).toBe('81/tcp is published twice here.');
		expect(twice('ports', '81-83:80-82', '82:90')).toBe('82/tcp is published twice here.');
		expect(twice('networks', 'front', 'name=front,alias=web')).toBe('The network front stands there twice.');
		expect(twice('env', 'A=1', 'A=2')).toBe('“A” stands there twice.');
		expect(twice('mounts', 'aa:/data', 'bb:/data')).toBe('/data is mounted twice.');
		expect(twice('secrets', 'tls_key', 'tls_key')).toContain('Two of them would be the file tls_key');
		expect(twice('labels', 'a=1', 'a=2')).toBe('“a” stands there twice.');
		expect(twice('constraints', 'node.role==worker', 'node.role==worker')).toContain('stands there twice');
		expect(problem('endpoint', 'dnsrr', {ports: ['81:80']})).toContain('With dnsrr no port can be published');
		expect(problem('endpoint', 'dnsrr', {ports: ['published=81,target=80,mode=host']})).toBe('');
	});

	it('is not seen where nothing is wrong', () => {
		const right: readonly (readonly [string, string])[] = [
			['name', 'web-2'],
			['image', 'registry.example:5000/team/app:2.1'],
			['image', 'localhost/app'],
			['replicas', '0'],
			['command', 'sh -c "sleep 10; exit"'],
			['ports', '81:80'],
			['ports', '80'],
			['ports', '81:80/udp'],
			['ports', '8080:80/udp'],
			['ports', '81-83:80-82'],
			['ports', '0.0.0.0:81:80'],
			['ports', 'published=9000,target=9,mode=host'],
			['networks', 'front'],
			['networks', 'host'],
			['networks', 'name=front,alias=web'],
			['env', 'EMPTY='],
			['env', 'A=b=c d'],
			['mounts', 'data:/var/lib/data:ro'],
			['mounts', '/srv/data:/data'],
			['mounts', 'type=tmpfs,target=/tmp'],
			['secrets', 'tls_key'],
			['secrets', 'source=tls_key,target=tls.key,mode=0400'],
			['configs', 'source=site,target=/etc/site.conf'],
			['constraints', 'node.labels.zone != a'],
			['constraints', 'engine.labels.os==debian'],
			['preferences', 'spread=node.labels.zone'],
			['preferences', 'node.labels.zone'],
			['reserve-cpu', '0.25'],
			['limit-memory', '1.5g'],
			['health-interval', '1m30s'],
			['update-ratio', '.2'],
			['labels', 'tier=front'],
		];
		expect(right.filter(([id, text]) => problem(id, text) !== '')).toEqual([]);
	});

	it('has a table of a hundred at least', () => {
		expect(wrong.length).toBeGreaterThanOrEqual(100);
	});
});
