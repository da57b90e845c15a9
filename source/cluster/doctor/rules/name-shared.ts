import {safe, toSafeText} from '../../../text/safe-text.ts';
import type {ServiceEntity} from '../../model.ts';
import {type Found, type Rule, theService} from '../rule.ts';

type Claim = {readonly service: ServiceEntity; readonly isOwnName: boolean};

export const nameShared: Rule = {
	id: 'name-shared',
	area: 'services',
	severity: 'warning',
	title: 'two services have the same name in a network',
	why: 'Who asks for that name is sent to one or the other as it happens.',
	find({state: {services}}) {
		const claims = new Map<string, Claim[]>();
		const claim = (network: string, name: string, made: Claim): void => {
			const key = `${network}\n${name.toLowerCase()}`;
			const list = claims.get(key);
			if (!list) claims.set(key, [made]);
			else if (list.every(({service}) => service.id !== made.service.id)) list.push(made);
		};
		for (const service of services.values()) {
			for (const {Target = '', Aliases = []} of service.raw.Spec.TaskTemplate.Networks ?? []) {
				claim(Target, service.raw.Spec.Name, {service, isOwnName: true});
				for (const alias of Aliases) claim(Target, alias, {service, isOwnName: false});
			}
		}
		const found = new Map<string, Found>();
		for (const [key, list] of claims) {
			const [holder, ...others] = list.sort((a, b) => Number(b.isOwnName) - Number(a.isOwnName));
			for (const {service} of others) {
				const name = toSafeText(key.split('\n')[1] ?? '');
				if (!holder || found.has(`${service.id} ${name}`)) continue;
				found.set(`${service.id} ${name}`, {
					on: theService(service),
					evidence: safe`it answers to ${name}, as ${holder.service.name} does`,
					remedy: toSafeText('give it another alias, or take one of the two off that network'),
				});
			}
		}
		return [...new Map([...found.values()].map((each) => [each.on.id, each])).values()];
	},
};
