import {isYamlList, isYamlMap} from '../../documents/stack-yaml/values.ts';
import type {DeploySettings, ResourceSettings, RestartSettings, UpdateSettings} from '../model.ts';
import {parseCpus} from '../units.ts';
import {present, Section} from './decode.ts';

/** `deploy:` of a service. */
export function loadDeploy(deploy: Section | undefined): DeploySettings {
	if (!deploy) return {};
	const resources = deploy.section('resources');
	const placement = deploy.section('placement');
	return {
		...present('mode', deploy.text('mode')),
		...present('endpointMode', deploy.text('endpoint_mode')),
		...present('replicas', deploy.count('replicas')),
		...present('labels', deploy.mapping('labels')),
		...present('update', loadUpdate(deploy.section('update_config'))),
		...present('rollback', loadUpdate(deploy.section('rollback_config'))),
		...present('limits', loadResource(resources?.section('limits'))),
		...present('reservations', loadResource(resources?.section('reservations'))),
		...present('restart', loadRestart(deploy.section('restart_policy'))),
		...present('constraints', placement?.texts('constraints')),
		...present('spreads', loadSpreads(placement)),
		...present('maxPerNode', placement?.count('max_replicas_per_node')),
	};
}

function loadUpdate(update: Section | undefined): UpdateSettings | undefined {
	const ratio = update?.map.get('max_failure_ratio') ?? null;
	return (
		update && {
			...present('parallelism', update.count('parallelism')),
			...present('delay', update.duration('delay')),
			...present('failureAction', update.text('failure_action')),
			...present('monitor', update.duration('monitor')),
			...present('maxFailureRatio', ratio === null ? undefined : singlePrecision(Number(ratio))),
			...present('order', update.text('order')),
		}
	);
}

/** The shortest decimal of the nearest float of 32 bits, which is what docker keeps. */
function singlePrecision(value: number): number {
	const wanted = Math.fround(value);
	for (let digits = 1; digits < 9; digits++) {
		const shorter = Number(wanted.toPrecision(digits));
		if (Math.fround(shorter) === wanted) return shorter;
	}
	return Number(wanted.toPrecision(9));
}

function loadResource(resource: Section | undefined): ResourceSettings | undefined {
	if (!resource) return undefined;
	const cpus = resource.text('cpus');
	if (cpus && parseCpus(cpus) === undefined) {
		resource.refuse(`"${cpus}" is no number of CPUs: write "0.5", to nine places`, 'cpus');
	}
	return {
		...present('cpus', cpus),
		...present('memory', resource.bytes('memory')),
		...present('pids', resource.integer('pids')),
		...present('generic', loadGeneric(resource)),
	};
}

function loadGeneric(resource: Section): ResourceSettings['generic'] | undefined {
	const list = resource.map.get('generic_resources');
	if (!isYamlList(list)) return undefined;
	return list.map((item, index) => {
		const entry = new Section(isYamlMap(item) ? item : new Map(), [...resource.path, 'generic_resources', index]);
		const spec = entry.section('discrete_resource_spec');
		return spec ? {kind: spec.text('kind') ?? '', value: spec.integer('value') ?? 0} : {};
	});
}

function loadRestart(policy: Section | undefined): RestartSettings | undefined {
	return (
		policy && {
			...present('condition', policy.text('condition')),
			...present('delay', policy.duration('delay')),
			...present('maxAttempts', policy.count('max_attempts')),
			...present('window', policy.duration('window')),
		}
	);
}

function loadSpreads(placement: Section | undefined): readonly string[] | undefined {
	const list = placement?.map.get('preferences');
	if (!placement || !isYamlList(list)) return undefined;
	return list.map((item, index) => {
		const path = [...placement.path, 'preferences', index];
		return new Section(isYamlMap(item) ? item : new Map(), path).text('spread') ?? '';
	});
}
