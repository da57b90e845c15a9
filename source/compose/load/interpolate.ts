import {isYamlList, isYamlMap, type YamlMap, type YamlValue} from '../../documents/stack-yaml/values.ts';
import {Refusal, type StackPath} from '../refusal.ts';
import {parseFloat64} from '../units.ts';
import {fillIn, type Lookup} from './template.ts';

/** Fills variables into every text of a stack file, and makes numbers and booleans of them where one is wanted. */
export function interpolate(file: YamlMap, lookup: Lookup, onUnset: (name: string) => void): YamlMap {
	const walk = (value: YamlValue, path: StackPath): YamlValue => {
		if (typeof value === 'string') return fill(value, path);
		if (isYamlList(value)) return value.map((item, index) => walk(item, [...path, index]));
		if (isYamlMap(value)) return walkMap(value, path);
		return value;
	};
	const walkMap = (map: YamlMap, path: StackPath): YamlMap =>
		new Map([...map].map(([key, each]) => [key, walk(each, [...path, key])] as const));
	const fill = (text: string, path: StackPath): YamlValue => {
		const filled = fillIn(text, lookup, onUnset);
		if (!filled.ok) throw new Refusal(path, filled.error);
		// What is the same afterwards was no variable, and stays the text that it is.
		if (filled.value === text) return text;
		return castTo(castFor(path), filled.value, path);
	};
	return walkMap(file, []);
}

type Cast = 'int' | 'float' | 'bool';

const inService: Readonly<Record<string, Cast>> = {
	'configs.*.mode': 'int',
	'secrets.*.mode': 'int',
	'healthcheck.retries': 'int',
	'healthcheck.disable': 'bool',
	'deploy.replicas': 'int',
	'deploy.update_config.parallelism': 'int',
	'deploy.update_config.max_failure_ratio': 'float',
	'deploy.rollback_config.parallelism': 'int',
	'deploy.rollback_config.max_failure_ratio': 'float',
	'deploy.restart_policy.max_attempts': 'int',
	'deploy.placement.max_replicas_per_node': 'int',
	'ports.*.target': 'int',
	'ports.*.published': 'int',
	'ulimits.*': 'int',
	'ulimits.*.hard': 'int',
	'ulimits.*.soft': 'int',
	oom_score_adj: 'int',
	privileged: 'bool',
	read_only: 'bool',
	stdin_open: 'bool',
	tty: 'bool',
	'volumes.*.read_only': 'bool',
	'volumes.*.volume.nocopy': 'bool',
};

const inSection: Readonly<Record<string, Cast>> = {
	'networks.external': 'bool',
	'networks.internal': 'bool',
	'networks.attachable': 'bool',
	'volumes.external': 'bool',
	'secrets.external': 'bool',
	'configs.external': 'bool',
};

/** A name with a dot in it is no name that docker finds, so nothing below it is cast. */
function castFor(path: StackPath): Cast | undefined {
	const [section, name, ...rest] = path;
	if (String(name).includes('.')) return undefined;
	if (section !== 'services') return inSection[`${section}.${rest.join('.')}`];
	const isList = ['configs', 'secrets', 'ports', 'volumes'].includes(String(rest[0]));
	const [first, second, ...more] = rest;
	if (isList && typeof second !== 'number') return undefined;
	const key = isList || first === 'ulimits' ? [first, '*', ...more].join('.') : rest.join('.');
	return rest.length === 1 && key.endsWith('*') ? undefined : inService[key];
}

const truths: Readonly<Record<string, boolean>> = {
	y: true,
	yes: true,
	true: true,
	on: true,
	n: false,
	no: false,
	false: false,
	off: false,
};

function castTo(cast: Cast | undefined, text: string, path: StackPath): YamlValue {
	if (cast === undefined) return text;
	if (cast === 'bool') {
		const truth = truths[text.toLowerCase()];
		if (truth === undefined) throw new Refusal(path, `"${text}" is neither true nor false`);
		return truth;
	}
	if (cast === 'float') {
		const value = parseFloat64(text);
		if (value === undefined) throw new Refusal(path, `"${text}" is no number`);
		return value;
	}
	const value = /^[-+]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
	if (value === undefined || value >= 2n ** 63n || value < -(2n ** 63n)) {
		throw new Refusal(path, `"${text}" is no whole number`);
	}
	return value;
}
