import {describe, expect, it} from 'vitest';
import {objectCreate} from '../../../source/cluster/actions/object-create.ts';
import {referringTo, serviceReference} from '../../../source/cluster/actions/service-reference.ts';
import {batchOfStages} from '../../../source/cluster/pipeline/batch-of.ts';
import {planForBatch} from '../../../source/cluster/pipeline/plan-batch.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {cluster, service, shop} from '../../ui/support/entities.ts';

const file = {Name: 'tls.key', UID: '0', GID: '0', Mode: 0o444};
const web = service('web');
const user = {
	...web,
	raw: {
		...web.raw,
		Spec: {
			...web.raw.Spec,
			TaskTemplate: {
				ContainerSpec: {Image: 'nginx:1.27', Secrets: [{SecretID: 's1', SecretName: 'pw', File: file}]},
			},
		},
	},
};
const state = cluster({...shop(), services: [user, service('other')]});
const move = {action: 'service.reference', serviceId: user.id, kind: 'secret', from: 'pw', to: 'pw_v2'} as const;
const data = Buffer.from('hunter2').toString('base64');
const make = {
	action: 'object.create',
	objectId: 'new pw_v2',
	kind: 'secret',
	spec: {Name: 'pw_v2', Labels: {}, Data: data},
} as const;
const remove = {action: 'object.remove', objectId: 's1', kind: 'secret', name: 'pw'} as const;
const options = {isReadOnly: false, isProtected: false, contextName: undefined, foreseen: undefined};

describe('a rotation', () => {
	it('is about the services that use it', () => {
		expect(referringTo('secret', 'pw', state).map(({name}) => name)).toEqual(['web']);
	});

	it('takes back what it does, and is refused where the old one is not used', () => {
		expect(serviceReference.plan(move, state, {}).undo).toEqual({...move, from: 'pw_v2', to: 'pw'});
		const none = serviceReference.plan({...move, serviceId: 'service-other'}, state, {});
		expect(none.refusal).toBe('other does not use the secret pw any more.');
	});

	it('may remove the old one once its services have moved, in one plan', () => {
		const words = {title: toSafeText('Rotate'), verb: 'Rotate'};
		const plan = planForBatch(batchOfStages([[make], [move], [remove]], words), state, options);
		expect(plan.steps?.map(({refusal}) => refusal)).toEqual([undefined, undefined, undefined]);
		const early = planForBatch(batchOfStages([[make], [remove]], words), state, options);
		expect(early.steps?.at(-1)?.refusal).toContain('in use by web');
	});

	it('says nothing of what a secret holds, in its plan, its command and the audit', () => {
		const words = {title: toSafeText('Rotate'), verb: 'Rotate'};
		const {intent: _, steps: _steps, ...plan} = planForBatch(batchOfStages([[make], [move]], words), state, options);
		const said = JSON.stringify([plan, objectCreate.command(make, state), objectCreate.audited?.(make)]);
		expect(said).not.toContain(data);
		expect(said).not.toContain('hunter2');
	});

	it('shows what changes in a config, and keeps it out of the audit', () => {
		const text = (content: string): string => Buffer.from(content).toString('base64');
		const config = {
			action: 'object.create',
			objectId: 'new site_v2',
			kind: 'config',
			spec: {Name: 'site_v2', Labels: {}, Data: text('a\nc\n')},
			replaces: text('a\nb\n'),
		} as const;
		const {diff} = objectCreate.plan(config, state, {});
		expect(diff).toEqual([
			{kind: 'same', text: 'a'},
			{kind: 'removed', text: 'b'},
			{kind: 'added', text: 'c'},
		]);
		expect(JSON.stringify(objectCreate.audited?.(config))).not.toContain(config.replaces);
	});
});
