import type {Finding} from '../../cluster/doctor/doctor.ts';
import {type Severity, severities} from '../../cluster/doctor/rule.ts';
import {rules} from '../../cluster/doctor/rules/registry.ts';
import {plural} from '../../text/format.ts';
import {allIsWell, total} from './messages.ts';

/** What the doctor found: text for people, JSON of a fixed shape, Markdown for a report, JUnit for a pipeline's own view. */

export const doctorSchema = 'swarmtop.doctor/v1';

const marks: Record<Severity, string> = {danger: '✗', warning: '!', note: '·'};
const colours: Record<Severity, string> = {danger: '31', warning: '33', note: '2'};

const countOf = (findings: readonly Finding[], severity: Severity): number =>
	findings.filter((finding) => finding.severity === severity).length;

/** `1 danger, 2 warnings, 4 notes`. */
function sumOf(findings: readonly Finding[]): string {
	const counts = severities.flatMap((severity) => {
		const count = countOf(findings, severity);
		return count === 0 ? [] : [String(plural(count, severity))];
	});
	return findings.length === 0 ? allIsWell : total(counts);
}

/** What one rule found of one severity: told once why that matters. */
const groupsOf = (findings: readonly Finding[]): Finding[][] => [
	...Map.groupBy(findings, ({rule, severity}) => `${severity} ${rule}`).values(),
];

export function textOf(findings: readonly Finding[], hasColour: boolean): string {
	const paint = (text: string, colour: string): string => (hasColour ? `\u001b[${colour}m${text}\u001b[0m` : text);
	const blocks = groupsOf(findings).flatMap((group) => {
		const [first] = group;
		if (!first) return [];
		const {severity, title, rule, why} = first;
		return [
			`${paint(`${marks[severity]} ${severity}`, colours[severity])}  ${paint(title, '1')} (${rule})`,
			`  ${why}`,
			...groupLines(group, (remedy) => paint(`    ${remedy}`, '2')),
			'',
		];
	});
	return [...blocks, sumOf(findings)].join('\n');
}

/** What is the same for several is said once: what was seen, and what helps, with NAME for each of their names. */
function groupLines(group: readonly Finding[], remedyLine: (remedy: string) => string): string[] {
	const general = new Set(group.map(({remedy, name}) => remedy.replaceAll(name, 'NAME')));
	const isOneRemedy = group.length > 1 && general.size === 1;
	const seen = Map.groupBy(group, ({evidence, remedy}) => `${evidence}\n${isOneRemedy ? '' : remedy}`);
	const lines = [...seen.values()].flatMap((same) => {
		const [first] = same;
		if (!first) return [];
		const names = same.map(({name}) => name).join(', ');
		return [`  - ${names}: ${first.evidence}`, ...(isOneRemedy ? [] : [remedyLine(first.remedy)])];
	});
	return isOneRemedy ? [...lines, ...[...general].map(remedyLine)] : lines;
}

/** @param unknown what could not be looked at, in sentences */
export function jsonOf(findings: readonly Finding[], unknown: readonly string[]): string {
	const data = {
		schema: doctorSchema,
		counts: Object.fromEntries(severities.map((severity) => [severity, countOf(findings, severity)])),
		findings: findings.map(({rule, area, severity, kind, objectId, name, title, evidence, why, remedy}) => ({
			rule,
			area,
			severity,
			object: {kind, id: objectId, name},
			title,
			evidence,
			why,
			remedy,
		})),
		unknown,
	};
	return JSON.stringify(data, undefined, '\t');
}

const emblems: Record<Severity, string> = {danger: '❌', warning: '⚠️', note: 'ℹ️'};

export function markdownOf(findings: readonly Finding[]): string {
	const rows = findings.map(
		({severity, name, kind, title, evidence, remedy, rule}) =>
			`| ${emblems[severity]} ${severity} | ${kind} ${cell(name)} | ${cell(title)} (${rule}) | ${cell(evidence)} | ${cell(remedy)} |`,
	);
	const table = ['| | what | finding | seen | what helps |', '| --- | --- | --- | --- | --- |', ...rows];
	return ['### swarmtop doctor', '', sumOf(findings), ...(rows.length > 0 ? ['', ...table] : [])].join('\n');
}

/** Names and errors come from anybody: nothing in them is markup, nor tells somebody of it. */
const cell = (text: string): string =>
	xml(text)
		.replaceAll(/[\\`*_{}[\]#|~]/g, '\\$&')
		.replaceAll(/(?<!\w)@/g, '&#64;');

const xml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A rule is a test; so is each of its findings, which fails where it is as grave as that, and else is only told. */
export function junitOf(findings: readonly Finding[], failsOn: Severity): string {
	const byRule = Map.groupBy(findings, ({rule}) => rule);
	const isFailure = ({severity}: Finding): boolean => severities.indexOf(severity) <= severities.indexOf(failsOn);
	const cases = rules.flatMap(({id, area}) => {
		const found = byRule.get(id) ?? [];
		if (found.length === 0) return [`\t<testcase classname="${area}" name="${id}"/>`];
		return found.map((finding) => {
			const {severity, name, title, evidence, why, remedy} = finding;
			const text = xml(`${evidence}\n${why}\n${remedy}`);
			const body = isFailure(finding)
				? `<failure type="${severity}" message="${xml(`${name}: ${title}`)}">${text}</failure>`
				: `<system-out>${text}</system-out>`;
			return `\t<testcase classname="${area}" name="${id}: ${xml(name)}">${body}</testcase>`;
		});
	});
	const failures = findings.filter(isFailure).length;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuite name="swarmtop doctor" tests="${cases.length}" failures="${failures}">`,
		...cases,
		'</testsuite>',
	].join('\n');
}
