import {describe, expect, it} from 'vitest';
import {networkProblem, networkRequest} from '../../../source/cluster/create/new-network.ts';
import {
	nextVersion,
	sizeProblem,
	storedProblem,
	storedSpec,
	volumeProblem,
} from '../../../source/cluster/create/new-stored.ts';
import type {ClusterState} from '../../../source/cluster/model.ts';
import type {Entries} from '../../../source/text/entries.ts';
import {cluster, shop} from '../../ui/support/entities.ts';

const meta = {Version: {Index: 1}, CreatedAt: '', UpdatedAt: ''};
const state: ClusterState = {
	...cluster(shop()),
	inventory: {
		networks: [
			{
				Name: 'front',
				Id: 'n1',
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
			},
		],
		secrets: [{ID: 's1', ...meta, Spec: {Name: 'pw', Labels: {}}}],
		configs: [{ID: 'c1', ...meta, Spec: {Name: 'site', Labels: {}}}],
		volumes: [{Name: 'data', Driver: 'local', Mountpoint: '', Labels: null, Options: null, Scope: 'local'}],
		refused: {},
	},
};

const overlay: Entries = {driver: ['overlay']};

describe('a wrong input', () => {
	it.each([
		['name', '', 'Name the network.'],
		['name', 'front', 'There is a network front already.'],
		['name', 'FRONT', 'There is a network front already.'],
		['name', 'my net', "can't be a name"],
		['name', 'a.b', "can't be a name"],
		['name', 'host', 'host is a network that every node has'],
		['name', 'none', 'none is a network that every node has'],
		['subnets', '10.20.0.0', 'is not a subnet'],
		['subnets', '10.20.0.0/33', 'is not a subnet'],
		['subnets', '10.20.0/24', 'is not a subnet'],
		['subnets', '300.1.1.0/24', 'is not a subnet'],
		['subnets', 'fd00::/129', 'is not a subnet'],
		['subnets', '10.20.0.0/31', 'A subnet needs room'],
		['subnets', '10.20.0.5/24', '10.20.0.5 is an address in 10.20.0.0/24'],
		['subnets', '10.0.1.128/25', '10.0.1.128/25 overlaps 10.0.1.0/24 of the network front.'],
		['subnets', '10.0.0.0/8', 'overlaps 10.0.1.0/24 of the network front.'],
		['subnets', '10.20.0.0/24,gateway=router', 'is not an address'],
		['subnets', '10.20.0.0/24,gateway=10.21.0.1', '10.21.0.1 lies outside of the subnet.'],
		['subnets', '10.20.0.0/24,range=10.21.0.0/25', 'is not a range within the subnet'],
		['subnets', '10.20.0.0/24,mtu=1400', 'A subnet has no “mtu”'],
		['options', 'mtu', 'is not a key with its value'],
		['labels', '=x', 'is not a key with its value'],
	])('for a network, in %s: %j', (id, text, says) => {
		expect(networkProblem(id, text, {...overlay, [id]: [text]}, state)).toContain(says);
	});

	it.each([
		['secret', 'name', '', 'Name the secret.'],
		['secret', 'name', 'pw', 'There is a secret pw already.'],
		['secret', 'name', 'Pw', 'There is a secret pw already.'],
		['secret', 'name', '.pw', "can't be a name"],
		['secret', 'name', 'pw-', "can't be a name"],
		['secret', 'name', 'p w', "can't be a name"],
		['secret', 'name', 'a'.repeat(65), '64 characters at most; this one has 65'],
		['config', 'name', 'site', 'There is a config site already.'],
		['config', 'labels', 'x', 'is not a key with its value'],
	] as const)('for a %s, in %s: %j', (kind, id, text, says) => {
		expect(storedProblem(kind, id, text, {[id]: [text]}, state)).toContain(says);
	});

	it.each([
		['name', '', 'Name the volume.'],
		['name', 'd', "can't be a name"],
		['name', '-data', "can't be a name"],
		['name', '/srv/data', "can't be a name"],
		['name', 'data', 'There is a volume data already.'],
		['options', 'nfs', 'is not a key with its value'],
	])('for a volume, in %s: %j', (id, text, says) => {
		expect(volumeProblem(id, text, {[id]: [text]}, state)).toContain(says);
	});

	it('is too much, or nothing', () => {
		expect(sizeProblem('secret', 0)).toContain('There is nothing in it');
		expect(sizeProblem('secret', 512_000)).toBe('It has 500KiB; the engine takes less than 500KiB.');
		expect(sizeProblem('secret', 511_999)).toBeUndefined();
		expect(sizeProblem('config', 1_024_000)).toContain('the engine takes less than 1000KiB');
	});
});

describe('what is asked for', () => {
	it('is a network as it was entered', () => {
		const entries: Entries = {
			name: ['back'],
			driver: ['overlay'],
			attachable: ['yes'],
			encrypted: ['yes'],
			internal: ['no'],
			subnets: ['10.20.0.0/24,gateway=10.20.0.254'],
			labels: ['tier=back'],
		};
		expect(networkRequest(entries)).toEqual({
			Name: 'back',
			Driver: 'overlay',
			Attachable: true,
			IPAM: {Driver: 'default', Config: [{Subnet: '10.20.0.0/24', Gateway: '10.20.0.254'}]},
			Options: {encrypted: ''},
			Labels: {tier: 'back'},
		});
		// Only the swarm's have these.
		expect(networkRequest({...entries, driver: ['bridge']})).not.toHaveProperty('Attachable');
	});

	it('is every byte of a secret', () => {
		const content = Buffer.from([0, 255, 10]);
		const spec = storedSpec({name: ['key'], template: ['yes']}, content);
		expect(Buffer.from(spec.Data ?? '', 'base64')).toEqual(content);
		expect(spec).toMatchObject({Name: 'key', Templating: {Name: 'golang'}});
	});

	it('is the next version that nobody has', () => {
		expect(nextVersion('pw', new Set(['pw']))).toBe('pw_v2');
		expect(nextVersion('pw_v2', new Set(['pw_v2', 'pw_v3']))).toBe('pw_v4');
	});
});
