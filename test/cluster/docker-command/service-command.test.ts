import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {createCommand, updateCommand} from '../../../source/cluster/docker-command/service-command.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';

/** Changes whose commands the docker CLI has carried out as intended: written by test/docker-cli with SWARMTOP_RECORD. */
type Case = {
	readonly before: ServiceSpec;
	readonly after: ServiceSpec;
	readonly line: string;
	readonly note: string | null;
};
const [heading = '', ...lines] = readFileSync(path.join(import.meta.dirname, 'recorded.jsonl'), 'utf8')
	.trim()
	.split('\n');
const {networks} = JSON.parse(heading) as {networks: readonly {readonly Id: string; readonly Name: string}[]};
const cases = lines.map((line) => JSON.parse(line) as Case);
const networkWord = (target: string) => networks.find(({Id}) => Id === target)?.Name ?? target;

const bare: ServiceSpec = {
	Name: 'web',
	Labels: {},
	TaskTemplate: {ContainerSpec: {Image: 'nginx:1.27'}, Placement: {}},
	Mode: {Replicated: {Replicas: 2}},
};
const withContainer = (container: object, template: object = {}): ServiceSpec => ({
	...bare,
	TaskTemplate: {...bare.TaskTemplate, ...template, ContainerSpec: {Image: 'nginx:1.27', ...container}},
});
const update = (before: ServiceSpec, after: ServiceSpec) => updateCommand('web', before, after, {networkWord});

describe('the docker command of a change', () => {
	it.each(cases.map((each, index) => [index, each] as const))('is the one that docker did (%i)', (_, each) => {
		const {line, note} = updateCommand(each.before.Name, each.before, each.after, {networkWord});
		expect({line, note: note ?? null}).toEqual({line: each.line, note: each.note});
	});

	it.each<[string, ServiceSpec, ServiceSpec, string]>([
		[
			'capabilities that were both added and dropped, which docker only takes back after a reset',
			withContainer({CapabilityAdd: ['CAP_CHOWN'], CapabilityDrop: ['CAP_CHOWN']}),
			withContainer({CapabilityAdd: ['CAP_SYS_TIME']}),
			'docker service update --cap-add RESET --cap-add CAP_SYS_TIME --cap-drop RESET web',
		],
		['the number alone', bare, {...bare, Mode: {Replicated: {Replicas: 5}}}, 'docker service scale web=5'],
		[
			'arguments, so that docker splits them into the same',
			bare,
			withContainer({Args: ['sh', '-c', 'echo v9; sleep 10000']}),
			`docker service update --args 'sh -c "echo v9; sleep 10000"' web`,
		],
		[
			'a restart',
			withContainer({}, {ForceUpdate: 2}),
			withContainer({}, {ForceUpdate: 3}),
			'docker service update --force web',
		],
		[
			'environment: a changed variable is set anew, not taken away first',
			withContainer({Env: ['A=1', 'B=2']}),
			withContainer({Env: ['A=9', 'C=x y']}),
			"docker service update --env-rm B --env-add A=9 --env-add 'C=x y' web",
		],
		[
			'a port that moves',
			{...bare, EndpointSpec: {Ports: [{TargetPort: 80, PublishedPort: 8080}]}},
			{...bare, EndpointSpec: {Ports: [{TargetPort: 80, PublishedPort: 8081}]}},
			'docker service update --publish-rm target=80,protocol=tcp,mode=ingress --publish-add published=8081,target=80,protocol=tcp,mode=ingress web',
		],
	])('says %s', (_, before, after, line) => {
		expect(update(before, after)).toEqual({line, note: undefined});
	});

	it('says what docker has no flag for, and what it would do otherwise', () => {
		const privileges = {Privileges: {NoNewPrivileges: true}};
		expect(update(bare, withContainer({...privileges, User: 'app'}))).toEqual({
			line: 'docker service update --user app web',
			note: "The command leaves out TaskTemplate.ContainerSpec.Privileges: docker service update can't set that.",
		});
		expect(update(bare, withContainer(privileges))).toEqual({
			line: '',
			note: "No docker command does this: docker service update can't set TaskTemplate.ContainerSpec.Privileges.",
		});
		// docker sorts name servers; and a variable without a value would be taken from the shell.
		expect(update(bare, withContainer({DNSConfig: {Nameservers: ['9.9.9.9', '1.1.1.1']}})).note).toContain('DNSConfig');
		expect(update(bare, withContainer({Env: ['HOME']})).note).toContain('Env');
		// Of two ports that differ in the published one alone, docker can't take away one.
		const ports = [8080, 8081].map((PublishedPort) => ({TargetPort: 80, PublishedPort}));
		const [first] = ports;
		const both = {...bare, EndpointSpec: {Ports: ports}};
		expect(update(both, {...bare, EndpointSpec: {Ports: first ? [first] : []}}).note).toContain('EndpointSpec');
	});

	it('is whole for a service that is made', () => {
		const spec = withContainer({Args: ['-x', 'a b'], Env: ['A=1']}, {Networks: [{Target: 'back'}]});
		expect(createCommand({...spec, Labels: {tier: 'front'}}, {networkWord}).line).toBe(
			"docker service create --name web --replicas 2 --env A=1 --label tier=front --network back nginx:1.27 -x 'a b'",
		);
	});
});
