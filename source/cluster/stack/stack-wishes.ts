/** Deploying and removing a stack, as the batches of intents that they come down to. Pure. */
import type {NetworkCreateRequest} from '../../engine/client.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {quoted} from '../actions/shell.ts';
import {type Batch, type Intent, newId, type PlanLine} from '../intent.ts';
import {configsIn, networksIn, secretsIn} from '../inventory.ts';
import type {ClusterState, Inventory, ServiceEntity} from '../model.ts';
import {isAsDescribed, type References, withIds} from './references.ts';
import type {StackFile, StoreContent} from './stack-file.ts';

/**
 * What `docker stack deploy` does with a file, as far as it changes anything: first networks, secrets and configs that are
 * missing, then services that are missing or differ. An error says what of it can't be done.
 */
export function deployWish(stack: StackFile, state: ClusterState): Result<Batch, SafeText> {
	const references = referencesIn(state.inventory);
	if (!references) return failed(safe`The networks, secrets and configs are still being read: try again in a moment.`);
	const external = missingExternals(stack, references);
	if (external !== undefined) return failed(external);
	const changed = changedConfig(stack.configs, references);
	if (changed !== undefined) return failed(changed);
	const first = [...newNetworks(stack, references), ...newStores(stack, references)];
	const services = serviceIntents(stack, references, state);
	const count = first.length + services.length;
	const name = toSafeText(stack.name);
	if (count === 0)
		return failed(safe`${name} is as ${toSafeText(stack.file)} describes it: there is nothing to deploy.`);
	return ok({
		action: 'batch',
		title: safe`Deploy stack ${name}: ${plural(count, 'change')}`,
		verb: 'Deploy',
		stages: [first, services].filter((stage) => stage.length > 0),
		command: deployCommand(stack),
		notes: deployNotes(stack, services.length, state),
	});
}

const deployCommand = ({file, name}: Pick<StackFile, 'file' | 'name'>): SafeText =>
	safe`docker stack deploy -c ${quoted(file)} ${quoted(name)}`;

function referencesIn({networks, secrets, configs}: Inventory): References | undefined {
	return networks && secrets && configs ? {networks, secrets, configs} : undefined;
}

function missingExternals(stack: StackFile, {networks, secrets, configs}: References): SafeText | undefined {
	const check = (word: string, wanted: readonly {name: string; isExternal: boolean}[], names: readonly string[]) =>
		wanted
			.filter(({name, isExternal}) => isExternal && !names.includes(name))
			.map(({name}) => safe`${toSafeText(word)} ${toSafeText(name)}`);
	const missing = [
		...check(
			'network',
			stack.networks,
			networks.map(({Name}) => Name),
		),
		...check(
			'secret',
			stack.secrets,
			secrets.map(({Spec}) => Spec.Name),
		),
		...check(
			'config',
			stack.configs,
			configs.map(({Spec}) => Spec.Name),
		),
	];
	return missing.length === 0 ? undefined : safe`External, and not there: ${joinSafe(missing, ', ')}.`;
}

/** Data of a config can't be changed, the engine says; better before anything is deployed. */
function changedConfig(wanted: readonly StoreContent[], {configs}: References): SafeText | undefined {
	for (const {name, isExternal, data} of wanted) {
		const present = configs.find(({Spec}) => Spec.Name === name)?.Spec;
		const isOther = present && 'Data' in present && present.Data !== undefined && present.Data !== data;
		if (!isExternal && isOther)
			return safe`The config ${toSafeText(name)} is there with other data, and can't be changed: give it another name in the file.`;
	}
	return undefined;
}

function newNetworks(stack: StackFile, {networks}: References): Intent[] {
	const known = new Set(networks.map(({Name}) => Name));
	return stack.networks
		.filter(({name, isExternal}) => !isExternal && !known.has(name))
		.map((network): Intent => {
			const request: NetworkCreateRequest = {
				Name: network.name,
				Driver: network.driver,
				Scope: 'swarm',
				Internal: network.isInternal,
				Attachable: network.isAttachable,
				Options: network.options,
				Labels: network.labels,
				IPAM: {
					...(network.ipam.driver === undefined ? {} : {Driver: network.ipam.driver}),
					...(network.ipam.subnets.length > 0 && {Config: [...network.ipam.subnets]}),
				},
			};
			return {action: 'object.create', objectId: newId(network.name), kind: 'network', request};
		});
}

function newStores(stack: StackFile, {secrets, configs}: References): Intent[] {
	const create =
		(kind: 'secret' | 'config', known: ReadonlySet<string>) =>
		({name, isExternal, labels, data}: StoreContent): Intent[] =>
			isExternal || known.has(name)
				? []
				: [{action: 'object.create', objectId: newId(name), kind, spec: {Name: name, Labels: labels, Data: data}}];
	return [
		...stack.secrets.flatMap(create('secret', new Set(secrets.map(({Spec}) => Spec.Name)))),
		...stack.configs.flatMap(create('config', new Set(configs.map(({Spec}) => Spec.Name)))),
	];
}

function serviceIntents(stack: StackFile, references: References, {services}: ClusterState): Intent[] {
	const present = new Map([...services.values()].map((service) => [service.raw.Spec.Name, service]));
	return stack.services.flatMap((spec): Intent[] => {
		const service = present.get(spec.Name);
		const wanted = withIds(spec, references);
		if (service && isAsDescribed(service.raw.Spec, wanted)) return [];
		return [{action: 'service.deploy', serviceId: service?.id ?? newId(spec.Name), spec: wanted}];
	});
}

function deployNotes(stack: StackFile, changed: number, {services}: ClusterState): PlanLine[] {
	const names = new Set(stack.services.map(({Name}) => Name));
	const same = stack.services.length - changed;
	const left = [...services.values()].filter((each) => each.stack === stack.name && !names.has(each.raw.Spec.Name));
	return [
		...stack.warnings.map((warning) => ({tone: 'warning', text: toSafeText(warning)}) as const),
		...(same > 0
			? [{tone: 'plain', text: safe`${plural(same, 'service')} of the file stay as they are.`} as const]
			: []),
		...(left.length > 0
			? [
					{
						tone: 'warning',
						text: safe`Not in the file, and left running: ${joinSafe(
							left.map(({name}) => name),
							', ',
						)}.`,
					} as const,
				]
			: []),
	];
}

/** What `docker stack rm` takes away: services first, what they used when their tasks have stopped. */
export function removalWish(name: SafeText, services: readonly ServiceEntity[], state: ClusterState): Batch {
	const owned = <T extends {readonly stack: SafeText | undefined}>(all: ReadonlyMap<string, T>): T[] =>
		[...all.values()].filter(({stack}) => stack === name);
	const remove =
		(kind: 'network' | 'secret' | 'config') =>
		(object: {readonly id: string; readonly name: SafeText}): Intent => ({
			action: 'object.remove',
			objectId: object.id,
			kind,
			name: object.name,
		});
	const rest = [
		...owned(networksIn(state)).map(remove('network')),
		...owned(secretsIn(state)).map(remove('secret')),
		...owned(configsIn(state)).map(remove('config')),
	];
	const first = services.map(({id}): Intent => ({action: 'service.remove', serviceId: id}));
	return {
		action: 'batch',
		title: safe`Remove stack ${name}`,
		verb: 'Remove',
		stages: [first, rest].filter((stage) => stage.length > 0),
		word: name,
		command: safe`docker stack rm ${name}`,
	};
}
