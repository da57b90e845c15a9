/** Names that can be meant in forms: of what the swarm has now. */
import {networksIn} from '../../cluster/inventory.ts';
import {withoutDigest} from '../../engine/registry-reference.ts';
import type {App} from '../app/capabilities.ts';
import type {Offers} from '../form/form-spec.ts';

/** Those that services run now. */
export const imageNames =
	(app: App): Offers =>
	() =>
		[...app.cluster.services.values()].map(({raw}) => withoutDigest(raw.Spec.TaskTemplate.ContainerSpec?.Image ?? ''));

export const networkNames =
	(app: App): Offers =>
	() =>
		[...networksIn(app.cluster).values()]
			.filter(({raw}) => !raw.Ingress && raw.Scope === 'swarm')
			.map(({raw}) => raw.Name);

export const storeNames =
	(app: App, of: 'secrets' | 'configs'): Offers =>
	() =>
		(app.cluster.inventory[of] ?? []).map(({Spec}) => Spec.Name);

/** Of what the nodes are and carry. */
export const constraintNames =
	(app: App): Offers =>
	() =>
		[...app.cluster.nodes.values()].flatMap(({raw: {Spec, Description}}) => [
			`node.role==${Spec.Role}`,
			...(Description?.Hostname ? [`node.hostname==${Description.Hostname}`] : []),
			...Object.entries(Spec.Labels ?? {}).map(([key, value]) => `node.labels.${key}==${value}`),
		]);

export const preferenceNames =
	(app: App): Offers =>
	() =>
		[...app.cluster.nodes.values()].flatMap(({raw: {Spec}}) =>
			Object.keys(Spec.Labels ?? {}).map((key) => `spread=node.labels.${key}`),
		);
