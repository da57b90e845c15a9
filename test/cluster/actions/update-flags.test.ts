import {describe, expect, it} from 'vitest';
import {updateCommand} from '../../../source/cluster/actions/update-flags.ts';
import {changesBetween} from '../../../source/cluster/edit/changes.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';

const command = (before: object, after: object): string =>
	updateCommand(changesBetween(before, after), toSafeText('web'));
const container = (ContainerSpec: object) => ({TaskTemplate: {ContainerSpec}});

describe('the docker command of an edit', () => {
	it.each([
		['labels', {Labels: {a: '1', b: '2'}}, {Labels: {a: '3'}}, '--label-add a=3 --label-rm b'],
		['the first label', {}, {Labels: {a: 'x y'}}, "--label-add 'a=x y'"],
		[
			'environment: a changed variable is set anew, not taken away first',
			container({Env: ['A=1', 'B=2']}),
			container({Env: ['A=9', 'C=3']}),
			'--env-rm B --env-add A=9 --env-add C=3',
		],
		[
			'constraints',
			{TaskTemplate: {Placement: {Constraints: ['node.role==worker']}}},
			{TaskTemplate: {Placement: {Constraints: ['node.labels.zone==a']}}},
			'--constraint-rm node.role==worker --constraint-add node.labels.zone==a',
		],
		[
			'resources',
			{TaskTemplate: {}},
			{TaskTemplate: {Resources: {Limits: {NanoCPUs: 5e8}, Reservations: {MemoryBytes: 268435456}}}},
			'--limit-cpu 0.5 --reserve-memory 268435456',
		],
		[
			'update config',
			{UpdateConfig: {Parallelism: 1, Order: 'stop-first'}},
			{UpdateConfig: {Parallelism: 3, Delay: 1.5e9, Order: 'start-first'}},
			'--update-parallelism 3 --update-order start-first --update-delay 1.5s',
		],
		[
			'ports',
			{EndpointSpec: {Ports: [{TargetPort: 80, PublishedPort: 8080, Protocol: 'tcp', PublishMode: 'ingress'}]}},
			{EndpointSpec: {Ports: [{TargetPort: 80, PublishedPort: 8081, Protocol: 'tcp', PublishMode: 'ingress'}]}},
			'--publish-add published=8081,target=80,protocol=tcp,mode=ingress',
		],
	])('has flags for %s', (_what, before, after, flags) => {
		const [words, own = ''] = [command(before, after), flags];
		expect(words).toBe(`docker service update ${own} web`);
	});

	it('names what docker has no flag for', () => {
		expect(command({Labels: {}}, {Labels: {a: '1'}, Novelty: 1})).toBe(
			'docker service update --label-add a=1 web # no flag sets Novelty',
		);
	});
});
