/** The configuration's JSON schema, for editors that check and complete YAML. */
import {z} from 'zod';
import {configSchema} from './schema.ts';
import type {Vocabulary} from './vocabulary.ts';

/** The parts of JSON schema that the configuration's one is made of. */
export type JsonSchema = {
	readonly type?: string;
	readonly description?: string;
	readonly default?: unknown;
	readonly enum?: readonly unknown[];
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly required?: readonly string[];
	readonly items?: JsonSchema;
	readonly anyOf?: readonly JsonSchema[];
	readonly additionalProperties?: boolean | JsonSchema;
	readonly [key: string]: unknown;
};

/** Of the file as it is written: what has a default may be left out. */
export function configJsonSchema(vocabulary: Vocabulary): JsonSchema {
	return {
		title: "swarmtop's configuration",
		...(z.toJSONSchema(configSchema(vocabulary), {io: 'input'}) as JsonSchema),
	};
}
