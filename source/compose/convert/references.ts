import type {ConfigReference, FileTarget, SecretReference} from '../../wire/task.ts';
import type {FileReference, Service, StackConfig} from '../model.ts';
import {Refusal, type StackPath} from '../refusal.ts';
import {objectName, own} from './names.ts';

/** Secrets and configs of a service, named; IDs are left to whoever deploys. Sorted by name, then by where they are mounted. */

type Reference = {readonly name: string; readonly file: FileTarget};

const readableByAll = 0o444;

function convertReferences(
	references: readonly FileReference[] | undefined,
	kind: 'secret' | 'config',
	path: StackPath,
	stack: string,
	config: StackConfig,
): Reference[] {
	const targets = new Set<string>();
	const converted = (references ?? []).map((reference, index) => {
		const {source, target, uid, gid, mode} = reference;
		const at = [...path, `${kind}s`, index];
		const object = own(config[`${kind}s`], source);
		if (!object) throw new Refusal(at, `undefined ${kind} "${source}"`);
		const name = objectName(stack, source, object.name);
		const file = {Name: target || source, UID: uid || '0', GID: gid || '0', Mode: mode ?? readableByAll};
		if (targets.has(file.Name)) throw new Refusal(at, `duplicate ${kind} target for ${name} not allowed`);
		targets.add(file.Name);
		return {name, file};
	});
	const key = ({name, file}: Reference) => `${name}\0${file.Name}`;
	return converted.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

export const convertSecrets = (
	service: Service,
	path: StackPath,
	stack: string,
	config: StackConfig,
): SecretReference[] =>
	convertReferences(service.secrets, 'secret', path, stack, config).map(({name, file}) => ({
		File: file,
		SecretID: '',
		SecretName: name,
	}));

/** The configs that are mounted, and the one that holds the credential spec. */
export function convertConfigs(
	service: Service,
	path: StackPath,
	stack: string,
	config: StackConfig,
): ConfigReference[] {
	const mounted = convertReferences(service.configs, 'config', path, stack, config).map(
		({name, file}): ConfigReference => ({File: file, ConfigID: '', ConfigName: name}),
	);
	const key = service.credentialSpec?.config;
	if (key === undefined) return mounted;
	const runtime: ConfigReference = {Runtime: {}, ConfigID: '', ConfigName: credentialConfig(key, path, stack, config)};
	return [...mounted, runtime].toSorted((a, b) =>
		a.ConfigName < b.ConfigName ? -1 : a.ConfigName > b.ConfigName ? 1 : 0,
	);
}

function credentialConfig(key: string, path: StackPath, stack: string, config: StackConfig): string {
	const object = own(config.configs, key);
	if (!object) throw new Refusal([...path, 'credential_spec', 'config'], `undefined config "${key}"`);
	return objectName(stack, key, object.name);
}

/**
 * What a container may do, with the credential spec where there is one. One that is a config is given by the config's name: whoever
 * deploys puts the ID in.
 */
export function convertPrivileges(
	service: Service,
	path: StackPath,
	configs: readonly ConfigReference[],
	stack: string,
): Record<string, unknown> {
	const spec = service.credentialSpec ?? {};
	const at = [...path, 'credential_spec'];
	const said = (['config', 'file', 'registry'] as const).filter((each) => spec[each] !== undefined);
	if (said.length > 1) throw new Refusal(at, `invalid credential spec: cannot specify both ${said.join(' and ')}`);
	const names = configs.map(({ConfigName}) => ConfigName);
	const wanted = spec.config;
	const name = [wanted, `${stack}_${wanted}`].find((each) => each !== undefined && names.includes(each));
	if (wanted !== undefined && name === undefined) {
		throw new Refusal(at, `invalid credential spec: spec specifies config ${wanted}, but no such config can be found`);
	}
	const credentials =
		said.length === 0 ? null : {Config: name ?? '', File: spec.file ?? '', Registry: spec.registry ?? ''};
	return {CredentialSpec: credentials, SELinuxContext: null, NoNewPrivileges: false};
}
