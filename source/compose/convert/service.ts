import type {NetworkAttachmentConfig} from '../../wire/network.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {ContainerSpec, Placement, TaskSpec} from '../../wire/task.ts';
import {present} from '../load/decode.ts';
import type {DeploySettings, Service, ServiceNetwork, StackConfig} from '../model.ts';
import {Refusal, type StackPath} from '../refusal.ts';
import {effectiveCapabilities} from './capabilities.ts';
import {familiarImage} from './image.ts';
import {convertMount} from './mounts.ts';
import {imageLabel, objectName, own, stackLabels} from './names.ts';
import {convertConfigs, convertPrivileges, convertSecrets} from './references.ts';
import {
	convertEndpoint,
	convertHealthcheck,
	convertMode,
	convertResources,
	convertRestart,
	convertUpdate,
	unlessEmpty,
} from './task.ts';

/**
 * One service as the spec that `docker stack deploy` sends (docker/cli cli/compose/convert/service.go). Networks, secrets and configs
 * are named, not identified: whoever deploys puts the IDs in.
 */
export function convertService(service: Service, stack: string, config: StackConfig): ServiceSpec {
	const path = ['services', service.name];
	const {deploy, logging} = service;
	const template: TaskSpec = {
		ContainerSpec: convertContainer(service, path, stack, config),
		Resources: convertResources(deploy),
		...present('RestartPolicy', convertRestart(service, path)),
		Placement: convertPlacement(deploy),
		Networks: convertNetworks(service, path, stack, config),
		...present(
			'LogDriver',
			logging && {
				...present('Name', unlessEmpty(logging.driver)),
				...present('Options', filled(logging.options)),
			},
		),
		ForceUpdate: 0,
	} as TaskSpec;
	return {
		Name: `${stack}_${service.name}`,
		Labels: {...stackLabels(stack, deploy.labels), [imageLabel]: service.image ?? ''},
		TaskTemplate: template,
		Mode: convertMode(deploy, [...path, 'deploy']),
		...present('UpdateConfig', convertUpdate(deploy.update)),
		...present('RollbackConfig', convertUpdate(deploy.rollback)),
		EndpointSpec: convertEndpoint(service),
	};
}

/** The list, unless it is empty. */
const some = <T>(list: readonly T[] | undefined): T[] | undefined =>
	list === undefined || list.length === 0 ? undefined : [...list];

const filled = <T>(named: Readonly<Record<string, T>> | undefined): Record<string, T> | undefined =>
	named === undefined || Object.keys(named).length === 0 ? undefined : {...named};

function convertContainer(service: Service, path: StackPath, stack: string, config: StackConfig): ContainerSpec {
	const image = familiarImage(service.image ?? '');
	if (!image.ok) throw new Refusal([...path, 'image'], `invalid image reference: ${image.error}`);
	const secrets = convertSecrets(service, path, stack, config);
	const configs = convertConfigs(service, path, stack, config);
	const capabilities = effectiveCapabilities(service.capAdd ?? [], service.capDrop ?? []);
	const mounts = (service.volumes ?? []).map((volume, index) =>
		convertMount(volume, [...path, 'volumes', index], stack, config),
	);
	return {
		Image: image.value,
		Labels: stackLabels(stack, service.labels),
		...present('Command', some(service.entrypoint)),
		...present('Args', some(service.command)),
		...present('Hostname', unlessEmpty(service.hostname)),
		...present('Env', some(convertEnvironment(service))),
		...present('Dir', unlessEmpty(service.workingDir)),
		...present('User', unlessEmpty(service.user)),
		Privileges: convertPrivileges(service, path, configs, stack),
		...present('Init', service.init),
		...present('StopSignal', unlessEmpty(service.stopSignal)),
		...(service.isTty ? {TTY: true} : {}),
		...(service.isStdinOpen ? {OpenStdin: true} : {}),
		...(service.isReadOnly ? {ReadOnly: true} : {}),
		...present('Mounts', some(mounts)),
		...present('StopGracePeriod', service.stopGracePeriod),
		...present('Healthcheck', convertHealthcheck(service.health, [...path, 'healthcheck'])),
		...present('Hosts', some(convertHosts(service))),
		...present('DNSConfig', convertDns(service)),
		...present('Secrets', some(secrets)),
		...present('Configs', some(configs)),
		...present('Isolation', unlessEmpty(service.isolation)),
		...present('Sysctls', filled(service.sysctls)),
		...present('CapabilityAdd', some(capabilities.add)),
		...present('CapabilityDrop', some(capabilities.drop)),
		...present('Ulimits', some(convertUlimits(service))),
	};
}

const convertEnvironment = ({environment}: Service): string[] =>
	Object.entries(environment)
		.map(([name, value]) => (value === null ? name : `${name}=${value}`))
		.toSorted(byBytes);

/** As Go sorts texts: by their bytes in UTF-8. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** `host:address` turned round, as /etc/hosts has it; what has no colon is left out. */
const convertHosts = ({extraHosts = []}: Service): string[] =>
	extraHosts.flatMap((entry) => {
		const at = entry.indexOf(':');
		return at === -1 ? [] : [`${entry.slice(at + 1)} ${entry.slice(0, at)}`];
	});

function convertDns({dns, dnsSearch}: Service): ContainerSpec['DNSConfig'] {
	if (dns === undefined && dnsSearch === undefined) return undefined;
	return {...present('Nameservers', some(dns)), ...present('Search', some(dnsSearch))};
}

const convertUlimits = ({ulimits = {}}: Service): NonNullable<ContainerSpec['Ulimits']> =>
	Object.entries(ulimits)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, {soft, hard}]) => ({Name: name, Hard: hard, Soft: soft}));

function convertPlacement(deploy: DeploySettings): Placement {
	const spreads = (deploy.spreads ?? []).map((spread) => ({Spread: {SpreadDescriptor: spread}}));
	return {
		...present('Constraints', some(deploy.constraints)),
		...present('Preferences', some(spreads)),
		...present('MaxReplicas', unlessEmpty(deploy.maxPerNode)),
	};
}

/** The networks that a service names, the stack's own where it names none. */
export const networksOf = ({networks}: Service): readonly (readonly [string, ServiceNetwork | null])[] => {
	const entries = Object.entries(networks ?? {});
	return entries.length > 0 ? entries : [['default', null]];
};

/** Networks that every engine has: a task on one of them has no name there. */
const isPredefined = (name: string): boolean => /^(bridge|default|host|none)$|^container:/.test(name);

function convertNetworks(
	service: Service,
	path: StackPath,
	stack: string,
	config: StackConfig,
): NetworkAttachmentConfig[] {
	const attachments = networksOf(service).map(([key, attachment]) => {
		const network = own(config.networks, key);
		if (!network && key !== 'default') {
			throw new Refusal([...path, 'networks', key], `undefined network "${key}"`);
		}
		const target = objectName(stack, key, network?.name ?? '');
		const aliases = [...(attachment?.aliases ?? []), ...(isPredefined(target) ? [] : [service.name])];
		return {
			Target: target,
			...present('Aliases', some(aliases)),
			...present('DriverOpts', filled(attachment?.driverOpts)),
		};
	});
	return attachments.toSorted((a, b) => byBytes(a.Target, b.Target));
}
