/** Judges a swarm as it stands: what is wrong with it, and what will be. Pure. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {type Ignoring, ignores} from './ignore.ts';
import {areas, type Found, type Rule, type Severity, type Subject, severities, type Target} from './rule.ts';
import {rules as allRules} from './rules/registry.ts';

export type Finding = {
	/** The same for the same rule and object. */
	readonly id: string;
	readonly rule: string;
	readonly area: Rule['area'];
	readonly severity: Severity;
	readonly kind: Target['kind'];
	/** '' for the swarm as a whole. */
	readonly objectId: string;
	readonly name: SafeText;
	readonly title: SafeText;
	readonly evidence: SafeText;
	readonly why: SafeText;
	readonly remedy: SafeText;
};

/** The gravest first, then by area and rule. What the configuration or a label says to ignore is left out. */
export function diagnose(subject: Subject, ignoring: Ignoring = [], rules: readonly Rule[] = allRules): Finding[] {
	return rules
		.flatMap((rule) =>
			rule
				.find(subject)
				.filter(({on}) => !ignores(rule.id, on, ignoring))
				.map((found) => findingOf(rule, found)),
		)
		.sort(compare);
}

const findingOf = (rule: Rule, {on, evidence, remedy, severity}: Found): Finding => ({
	id: `${rule.id} ${on.kind} ${on.id}`,
	rule: rule.id,
	area: rule.area,
	severity: severity ?? rule.severity,
	kind: on.kind,
	objectId: on.id,
	name: on.name,
	title: toSafeText(rule.title),
	evidence,
	why: toSafeText(rule.why),
	remedy,
});

const place = new Map(allRules.map(({id}, index) => [id, index]));

function compare(a: Finding, b: Finding): number {
	return (
		severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
		areas.indexOf(a.area) - areas.indexOf(b.area) ||
		(place.get(a.rule) ?? 0) - (place.get(b.rule) ?? 0) ||
		(a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1)
	);
}

/** Whether one of them is as grave as that, or graver. */
export const hasAtLeast = (findings: readonly Finding[], severity: Severity): boolean =>
	findings.some((finding) => severities.indexOf(finding.severity) <= severities.indexOf(severity));
