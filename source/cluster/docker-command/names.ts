/** What docker finds an object by, on a command line: its name where that is one plain word of its own, else its ID. */
import type {ClusterState} from '../model.ts';

/** Says nothing to a shell, and can't be taken for a flag. */
const plainName = /^[A-Za-z0-9][\w.-]*$/;
/** docker tries IDs before names. */
const looksLikeId = /^[a-z0-9]{25}$/;

const isUsable = (name: string): boolean => plainName.test(name) && !looksLikeId.test(name);

/** `self` is docker's word for the node that is asked. */
export function nodeWord(id: string, {nodes}: Pick<ClusterState, 'nodes'>): string {
	const node = nodes.get(id);
	const name = node?.raw.Description.Hostname ?? '';
	return node && !node.isDuplicate && name !== 'self' && isUsable(name) ? name : id;
}

export function serviceWord(id: string, {services}: Pick<ClusterState, 'services'>): string {
	const name = services.get(id)?.raw.Spec.Name ?? '';
	return isUsable(name) ? name : id;
}

/** Networks can share a name. */
export function networkWord(target: string, {inventory}: Pick<ClusterState, 'inventory'>): string {
	const networks = inventory.networks ?? [];
	const name = networks.find(({Id}) => Id === target)?.Name;
	const isOnly = networks.filter((network) => network.Name === name).length === 1;
	return name !== undefined && isOnly && isUsable(name) ? name : target;
}

/** Of a network, a secret or a config. */
export const objectWord = (id: string, name: string): string => (isUsable(name) ? name : id);
