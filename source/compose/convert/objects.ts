import {present} from '../load/decode.ts';
import type {FileObject, StackConfig, Texts} from '../model.ts';
import {objectName, own, stackLabels} from './names.ts';
import {networksOf} from './service.ts';

/** The networks, secrets and configs that `docker stack deploy` makes, or looks for. */

export type StackNetwork = {
	/** With the stack's name in front unless the file says otherwise. */
	readonly name: string;
	/** Must be there already; the rest is then empty. */
	readonly isExternal: boolean;
	readonly driver: string;
	readonly options: Texts;
	readonly isInternal: boolean;
	readonly isAttachable: boolean;
	readonly labels: Texts;
	readonly ipam: {
		readonly driver?: string;
		readonly subnets: readonly {readonly Subnet?: string; readonly Gateway?: string}[];
	};
};

export type StackStore = {
	readonly name: string;
	readonly isExternal: boolean;
	/** Where the data lies: an absolute path, or the text itself; a driver has its own. */
	readonly data: {readonly file: string} | {readonly content: string};
	readonly labels: Texts;
	/** The plugin that a secret comes from. */
	readonly driver?: {readonly Name: string; readonly Options?: Record<string, string>};
	/** What fills in the templates inside, as the task starts. */
	readonly templating?: {readonly Name: string};
};

/** The networks that services name; one that none names is not made. */
export function convertNetworks(config: StackConfig, stack: string): StackNetwork[] {
	const keys = new Set(config.services.flatMap((service) => networksOf(service).map(([key]) => key)));
	const networks = [...keys].map((key): StackNetwork => {
		const network = own(config.networks, key);
		return {
			name: objectName(stack, key, network?.name ?? ''),
			isExternal: network?.isExternal ?? false,
			driver: network?.driver || 'overlay',
			options: network?.driverOpts ?? {},
			isInternal: network?.isInternal ?? false,
			isAttachable: network?.isAttachable ?? false,
			labels: stackLabels(stack, network?.labels),
			ipam: {
				...present('driver', network?.ipamDriver || undefined),
				subnets: (network?.subnets ?? []).map((subnet) => present('Subnet', subnet || undefined)),
			},
		};
	});
	// Two keys with one name are one network, the later one's.
	return [...new Map(networks.map((network) => [network.name, network])).values()];
}

/** The secrets or configs of the files, whether a service names them or not. */
export function convertStores(objects: Readonly<Record<string, FileObject>>, stack: string): StackStore[] {
	return Object.entries(objects).map(([key, object]) => ({
		name: objectName(stack, key, object.name),
		isExternal: object.isExternal,
		data:
			object.content !== undefined || object.driver !== '' || object.isExternal
				? {content: object.content ?? ''}
				: {file: object.file},
		labels: stackLabels(stack, object.labels),
		...present('driver', object.driver === '' ? undefined : driverOf(object)),
		...present('templating', object.templateDriver === '' ? undefined : {Name: object.templateDriver}),
	}));
}

const driverOf = ({driver, driverOpts}: FileObject) => ({
	Name: driver,
	...present('Options', driverOpts && Object.keys(driverOpts).length > 0 ? {...driverOpts} : undefined),
});
