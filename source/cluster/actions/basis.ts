import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {SwarmNode} from '../../wire/node.ts';
import type {Service} from '../../wire/service.ts';
import {type Change, keyOf, valueAt} from '../edit/changes.ts';
import {replicasOf} from '../entities/service.ts';
import type {Basis, Intent} from '../intent.ts';

/** An object as the engine has it, or as it was just written. */
export type Target = {readonly service?: Service | undefined; readonly node?: SwarmNode | undefined};

/**
 * The part of the object that the intent changes. Undefined for removals, which change nothing that somebody else could
 * have changed otherwise, and where the object is not known.
 */
export function basisOf(intent: Intent, {service, node}: Target): Basis | undefined {
	if (service && 'serviceId' in intent) {
		const part = servicePart(intent, service);
		return part && {version: service.Version.Index, ...part};
	}
	if (node && 'nodeId' in intent) {
		const part = nodePart(intent, node);
		return part && {version: node.Version.Index, ...part};
	}
	return undefined;
}

type Part = Pick<Basis, 'key' | 'words'> | undefined;

function servicePart(intent: Extract<Intent, {readonly serviceId: string}>, {Spec, PreviousSpec}: Service): Part {
	switch (intent.action) {
		case 'service.scale':
		case 'service.step': {
			const replicas = replicasOf(Spec) ?? 0;
			return {key: String(replicas), words: replicas === 1 ? safe`1 replica` : safe`${replicas} replicas`};
		}
		case 'service.image':
			return plain(Spec.TaskTemplate.ContainerSpec?.Image ?? '');
		case 'service.continue':
		case 'service.restart': {
			const restarts = Spec.TaskTemplate.ForceUpdate ?? 0;
			return {key: String(restarts), words: safe`restarted ${restarts} times`};
		}
		case 'service.rollback':
			return {key: JSON.stringify(PreviousSpec) ?? '', words: previousWords(PreviousSpec)};
		case 'service.edit': {
			const values = intent.changes.map(({path}) => valueAt(Spec, path));
			return {key: keyOf(values), words: settingWords(intent.changes, values)};
		}
		case 'service.deploy':
		case 'service.remove':
			return undefined;
		default:
			return intent satisfies never;
	}
}

function nodePart(intent: Extract<Intent, {readonly nodeId: string}>, {Spec}: SwarmNode): Part {
	switch (intent.action) {
		case 'node.availability':
			return plain(Spec.Availability);
		case 'node.role':
			return {key: Spec.Role, words: safe`a ${toSafeText(Spec.Role)}`};
		case 'node.labels': {
			const keys = [...new Set([...Object.keys(intent.set), ...intent.remove])].sort();
			const values = keys.map((key) => [key, Spec.Labels?.[key]] as const);
			return {key: JSON.stringify(values), words: labelWords(values)};
		}
		case 'node.remove':
			return undefined;
		default:
			return intent satisfies never;
	}
}

const plain = (text: string): Part => ({key: text, words: toSafeText(text)});

/** Settings are too much for a sentence: what most people roll back for, and a hint where that is the same. */
function previousWords(spec: Service['PreviousSpec']): SafeText {
	const image = spec?.TaskTemplate.ContainerSpec?.Image;
	return spec ? safe`to go back to ${toSafeText(image ?? 'other settings')}` : safe`without previous settings`;
}

/** `Labels.tier: front`; of several settings the first says enough for a sentence. */
function settingWords(changes: readonly Change[], values: readonly unknown[]): SafeText {
	const [first] = changes;
	if (!first) return toSafeText('the same');
	const value = values[0] === undefined ? 'not set' : keyOf(values[0]);
	const rest = changes.length > 1 ? safe` and ${changes.length - 1} more` : toSafeText('');
	return safe`${toSafeText(first.path.join('.'))} ${toSafeText(value)}${rest}`;
}

function labelWords(values: readonly (readonly [string, string | undefined])[]): SafeText {
	return joinSafe(
		values.map(([key, value]) => toSafeText(value === undefined ? `no ${key}` : `${key}=${value}`)),
		', ',
	);
}
