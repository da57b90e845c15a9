/** A volume of the wire as the screens see it: of the asked engine alone, the swarm knows nothing of volumes. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Volume} from '../../wire/volume.ts';
import type {Health, Labels} from '../model.ts';
import {cleanWord, labelsOf, timeOf} from './common.ts';
import {stackLabel} from './service.ts';

export type VolumeEntity = {
	/** Its name: volumes have no other ID. */
	readonly id: string;
	readonly name: SafeText;
	readonly driver: SafeText;
	readonly scope: Volume['Scope'];
	readonly mountpoint: SafeText;
	readonly stack: SafeText | undefined;
	/** Made by the engine for a container, without a name of anybody's choosing. */
	readonly isAnonymous: boolean;
	readonly labels: Labels;
	/** 0 when the driver doesn't tell. */
	readonly createdAt: number;
	readonly health: Health;
	readonly raw: Volume;
};

export function volumeEntity(raw: Volume): VolumeEntity {
	const stack = raw.Labels?.[stackLabel];
	return {
		id: cleanWord(raw.Name),
		name: toSafeText(raw.Name),
		driver: toSafeText(raw.Driver),
		scope: cleanWord(raw.Scope),
		mountpoint: toSafeText(raw.Mountpoint ?? ''),
		stack: stack ? toSafeText(stack) : undefined,
		isAnonymous: raw.Labels?.['com.docker.volume.anonymous'] !== undefined || /^[0-9a-f]{64}$/.test(raw.Name),
		labels: labelsOf(raw.Labels),
		createdAt: timeOf(raw.CreatedAt),
		health: 'healthy',
		raw,
	};
}
