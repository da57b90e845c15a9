/** A stack as it runs, as a file; and what of it no file can say. Pure. */
import {exportStack} from '../../compose/export/stack.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Network} from '../../wire/network.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import type {Config, Secret} from '../../wire/store.ts';
import {changesBetween} from '../edit/changes.ts';
import {appliedTo, comparable, isAsDescribed, type References, withIds} from '../edit/described-spec.ts';
import {stackLabel} from '../entities/service.ts';
import {exportNotRead, exportOtherwise, exportOutside} from './messages.ts';

export type StackExport = {
	readonly text: string;
	/** What deploying the file would change all the same, and why. */
	readonly notes: readonly SafeText[];
};

/** Undefined where no service belongs to the stack. */
export function exportRunning(
	name: string,
	services: readonly Service[],
	networks: readonly Network[],
): StackExport | undefined {
	const own = services.map(({Spec}) => Spec).filter(({Labels}) => Labels?.[stackLabel] === name);
	if (own.length === 0) return undefined;
	const {text, read, left} = exportStack({name, services: own, networks});
	const outside = left.map((each) => exportOutside(toSafeText(each), toSafeText(name)));
	if (typeof read === 'string') return {text, notes: [...outside, exportNotRead(read)]};
	const wanted = new Map(read.services.map((spec) => [spec.Name, spec]));
	const otherwise = own.flatMap((present) => {
		const spec = wanted.get(present.Name);
		if (!spec) return [];
		const next = withIds(spec, referencesOf(present, networks));
		if (isAsDescribed(present, next)) return [];
		const changes = changesBetween(comparable(present), comparable(appliedTo(present, next)));
		return [exportOtherwise(present.Name, [...new Set(changes.map(({path}) => path.join('.')))])];
	});
	return {text, notes: [...outside, ...otherwise]};
}

/** The secrets and configs that it names, by the IDs that it has for them. */
function referencesOf(
	{TaskTemplate: {ContainerSpec: container}}: ServiceSpec,
	networks: readonly Network[],
): References {
	const named = (ID: string, Name: string) => ({ID, Spec: {Name}});
	return {
		networks,
		secrets: (container?.Secrets ?? []).map(({SecretID, SecretName}) => named(SecretID, SecretName) as Secret),
		configs: (container?.Configs ?? []).map(({ConfigID, ConfigName}) => named(ConfigID, ConfigName) as Config),
	};
}
