import {isYamlMap, printed, type YamlMap} from '../../documents/stack-yaml/values.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {StackConfig} from '../model.ts';
import {mapAt, Refusal} from '../refusal.ts';
import type {LoadContext} from './context.ts';
import {Section} from './decode.ts';
import {fileShape, newestMinor} from './file-shape.ts';
import {loadFileObjects, loadNetworks, loadVolumes} from './objects.ts';
import {loadService} from './service.ts';
import {type Misfit, misfits} from './shape.ts';

const newest = `3.${newestMinor}`;

/** The version of the format that a file says it is written in; the newest where it says none, or just 3. */
export function versionOf(file: YamlMap): string {
	if (!file.has('version')) return newest;
	const version = printed(file.get('version') ?? null);
	return version === '' || version === '3' ? newest : version;
}

/** Checks a file, filled in, against its version's schema, and reads what it says. */
export function loadFile(file: YamlMap, context: LoadContext): Result<StackConfig, readonly Misfit[]> {
	const minor = /^3\.(\d|1[0-3])$/.exec(context.version)?.[1];
	if (minor === undefined) throw new Refusal(['version'], `unsupported Compose file version: ${context.version}`);
	const found = misfits(file, fileShape(Number(minor), context.allowsContent), []);
	if (found.length > 0) return failed(found);
	const section = (key: string) => {
		const value = file.get(key);
		return isYamlMap(value) ? new Section(value, [key]) : undefined;
	};
	return ok({
		services: [...mapAt(file, 'services')].map(([name, service]) =>
			loadService(name, isYamlMap(service) ? service : new Map(), context),
		),
		networks: loadNetworks(section('networks'), context),
		volumes: loadVolumes(section('volumes'), context),
		secrets: loadFileObjects(section('secrets'), 'secret', context),
		configs: loadFileObjects(section('configs'), 'config', context),
	});
}
