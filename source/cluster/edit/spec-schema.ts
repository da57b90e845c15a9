/**
 * The specs that people edit, as schemas: what the Engine API's own description of them says (wire/spec), and the rules of
 * the engine that it can't say. Strict, so that a misspelt key is found; keys that the engine itself had there are let
 * through (read-spec.ts).
 */
import {z} from 'zod';
import {parseConstraints} from '../../swarmkit/scheduler/constraints.ts';
import type {GoStruct, GoType} from '../../wire/spec/go-types.ts';
import {nodeSpec} from '../../wire/spec/node.ts';
import {serviceSpec} from '../../wire/spec/service.ts';
import {swarmSpec} from '../../wire/spec/swarm.ts';

const text = z.string();
const nonNegative = z.int().nonnegative();

const atLeast = (least: number, words: string) => nonNegative.refine((value) => value === 0 || value >= least, words);
const nanoCpus = atLeast(1_000_000, 'at least 1000000, a thousandth of a CPU');
const memoryBytes = atLeast(4 * 1024 * 1024, 'at least 4194304 bytes, 4 MiB');
const port = z.int().min(0).max(65_535);

const constraint = text.superRefine((expression, context) => {
	const parsed = parseConstraints([expression]);
	if (!parsed.ok) context.addIssue({code: 'custom', message: `${parsed.error}, as in node.labels.zone==a`});
});

/** Rules beyond the type, by Go's name of the field. */
const rules: Readonly<Record<string, z.ZodType>> = {
	'swarm.ContainerSpec.Image': text.min(1, 'a service needs an image'),
	'swarm.ContainerSpec.Env': z.array(
		text.regex(/^[^=\s]/, 'an environment variable starts with its name, as in KEY=value'),
	),
	'swarm.Limit.NanoCPUs': nanoCpus,
	'swarm.Limit.MemoryBytes': memoryBytes,
	'swarm.Resources.NanoCPUs': nanoCpus,
	'swarm.Resources.MemoryBytes': memoryBytes,
	'swarm.Placement.Constraints': z.array(constraint),
	'swarm.UpdateConfig.MaxFailureRatio': z.number().min(0).max(1),
	'swarm.PortConfig.TargetPort': port,
	'swarm.PortConfig.PublishedPort': port,
	'v1.HealthcheckConfig.Retries': nonNegative,
	'swarm.OrchestrationConfig.TaskHistoryRetentionLimit': nonNegative,
	'swarm.CAConfig.NodeCertExpiry': atLeast(3_600_000_000_000, 'at least 3600000000000 ns, one hour'),
};

/** What can't be left out; the engine fills in the rest. */
const required: ReadonlySet<string> = new Set([
	'swarm.ServiceSpec.Name',
	'swarm.ServiceSpec.TaskTemplate',
	'swarm.ServiceSpec.Mode',
	'swarm.ContainerSpec.Image',
	'mount.Mount.Target',
	'swarm.SecretReference.SecretID',
	'swarm.SecretReference.SecretName',
	'swarm.ConfigReference.ConfigID',
	'swarm.ConfigReference.ConfigName',
	...['Name', 'UID', 'GID', 'Mode'].flatMap((name) => [
		`swarm.SecretReferenceFileTarget.${name}`,
		`swarm.ConfigReferenceFileTarget.${name}`,
	]),
	'units.Ulimit.Name',
	'units.Ulimit.Hard',
	'units.Ulimit.Soft',
	'swarm.NetworkAttachmentConfig.Target',
	'swarm.UpdateConfig.Parallelism',
	'swarm.SpreadOver.SpreadDescriptor',
	'swarm.NodeSpec.Role',
	'swarm.NodeSpec.Availability',
]);

function schemaOf(type: GoType): z.ZodType {
	switch (type.kind) {
		case 'string':
			return type.words ? z.enum(type.words) : text;
		case 'bytes':
			return text;
		case 'bool':
			return z.boolean();
		case 'float':
			return z.number();
		case 'integer':
			return type.least === 0n || type.go === 'time.Duration' ? nonNegative : z.int();
		case 'slice':
			return z.array(schemaOf(type.of));
		case 'map':
			return z.record(
				text,
				type.of.kind === 'string' ? z.string({error: 'this must be a text: put it in quotes'}) : schemaOf(type.of),
			);
		case 'pointer':
			return schemaOf(type.of);
		case 'any':
			return z.unknown();
		case 'struct':
			return structSchema(type);
	}
}

function structSchema({go, fields}: GoStruct): z.ZodType {
	return z.strictObject(
		Object.fromEntries(
			fields.map(({name, type}) => {
				const key = `${go}.${name}`;
				const schema = rules[key] ?? schemaOf(type);
				return [name, required.has(key) ? schema : schema.optional()];
			}),
		),
	);
}

export const serviceSpecSchema = structSchema(serviceSpec);

export const nodeSpecSchema = structSchema(nodeSpec);

export const swarmSpecSchema = structSchema(swarmSpec);
