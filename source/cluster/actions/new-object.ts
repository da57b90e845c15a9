import type {NetworkCreateRequest} from '../../engine/client.ts';
import type {ConfigSpec, SecretSpec} from '../../wire/store.ts';

/** What a stack can be made of besides its services. */
export type NewObject =
	| {readonly kind: 'network'; readonly request: NetworkCreateRequest}
	| {readonly kind: 'secret'; readonly spec: SecretSpec}
	| {
			readonly kind: 'config';
			readonly spec: ConfigSpec;
			/** What the one holds that it takes the place of, in base64: the plan compares them. */
			readonly replaces?: string;
	  };

/** Under a `newId`. */
export type CreateIntent = {readonly action: 'object.create'; readonly objectId: string} & NewObject;

export type RemoveObjectIntent = {
	readonly action: 'object.remove';
	readonly objectId: string;
	readonly kind: 'network' | 'secret' | 'config';
	readonly name: string;
};

const newPrefix = 'new ';

/** Stands for the ID that the engine has not given yet; the name can be read from it. */
export const newId = (name: string): string => `${newPrefix}${name}`;

/** The name of what is only to be made; undefined for what has an ID. */
export const nameOfNew = (id: string): string | undefined =>
	id.startsWith(newPrefix) ? id.slice(newPrefix.length) : undefined;
