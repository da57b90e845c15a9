/** Secrets and configs of the wire as the screens see them: alike but for their data. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Config, Secret} from '../../wire/store.ts';
import type {Health, Labels} from '../model.ts';
import {cleanWord, labelsOf, timeOf} from './common.ts';
import {stackLabel} from './service.ts';
import type {Uses} from './uses.ts';

export type SecretEntity = {
	readonly id: string;
	readonly version: number;
	readonly name: SafeText;
	/** '' for one that the swarm itself keeps. */
	readonly driver: SafeText;
	readonly services: readonly SafeText[];
	readonly stack: SafeText | undefined;
	readonly labels: Labels;
	readonly createdAt: number;
	readonly updatedAt: number;
	/** `idle`: no service uses it. */
	readonly health: Health;
	readonly raw: Secret;
};

export type ConfigEntity = Omit<SecretEntity, 'driver' | 'raw'> & {
	/** Of its data; undefined when the engine left that out. */
	readonly bytes: number | undefined;
	readonly raw: Config;
};

export function secretEntity(raw: Secret, uses: Uses): SecretEntity {
	return {...shared(raw, uses), driver: toSafeText(raw.Spec.Driver?.Name ?? ''), raw};
}

export function configEntity(raw: Config, uses: Uses): ConfigEntity {
	const {Data: data} = raw.Spec;
	return {...shared(raw, uses), bytes: data === undefined ? undefined : bytesOfBase64(data), raw};
}

function shared(raw: Secret | Config, uses: Uses): Omit<SecretEntity, 'driver' | 'raw'> {
	const services = uses.get(raw.ID) ?? [];
	const stack = raw.Spec.Labels?.[stackLabel];
	return {
		id: cleanWord(raw.ID),
		version: raw.Version.Index,
		name: toSafeText(raw.Spec.Name),
		services,
		stack: stack ? toSafeText(stack) : undefined,
		labels: labelsOf(raw.Spec.Labels),
		createdAt: timeOf(raw.CreatedAt),
		updatedAt: timeOf(raw.UpdatedAt),
		health: services.length > 0 ? 'healthy' : 'idle',
	};
}

/** Every four characters are three bytes, less the padding. */
function bytesOfBase64(data: string): number {
	const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
	return Math.max(0, (data.length / 4) * 3 - padding);
}
