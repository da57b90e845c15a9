import {ignoreLabel} from '../../cluster/doctor/ignore.ts';
import {type Area, areas} from '../../cluster/doctor/rule.ts';
import {rules} from '../../cluster/doctor/rules/registry.ts';
import {doctorSchema} from './print.ts';

/** docs/doctor.md, made from the rules. */

const titles: Record<Area, string> = {
	managers: 'Managers',
	capacity: 'Capacity',
	services: 'Services',
	leftovers: 'Leftovers',
	nodes: 'Nodes',
};

export const doctorManual = (): string => `# The doctor

Generated from the rules (\`source/cluster/doctor/rules/\`); don't edit it by hand.

\`swarmtop doctor\` judges a swarm as it stands: what is wrong with it, and what will be when the next thing fails. In the dashboard the view
\`:doctor\` shows the same. It changes nothing.

\`\`\`sh
swarmtop doctor                          # what is wrong, the gravest first
swarmtop doctor --fail-on warning        # exit code 1 where there is a warning or a danger
swarmtop doctor --nodes                  # asks each node's own engine as well: volumes, images, warnings
swarmtop doctor -o junit > doctor.xml    # for a pipeline; also json and markdown
\`\`\`

| severity | meaning |
| --- | --- |
| danger | something stands still, or is lost for good with the next failure |
| warning | the next failure, or the next change, will do harm |
| note | it could be better |

Exit codes: 0 fine, 1 failed, or found with \`--fail-on\`, 2 wrong use, 3 no engine.

What a swarm does not tell is not judged: without \`--nodes\` nobody looks into the nodes, and what a proxy forbids is said on standard error.
\`--ports\` tries 2377/tcp of the managers and 7946/tcp of every node, from a manager whose own socket is asked; whether UDP (7946, 4789) comes
through nobody can tell from one side.

## Leaving things out

- \`swarmtop doctor --ignore RULE\`, or \`--ignore RULE=OBJECT\`; \`*\` stands for any characters.
- \`ignore:\` in the [configuration](config.md), a list of the same.
- A label on a service, node, network, secret or config: \`${ignoreLabel}=RULE,RULE\`, or \`${ignoreLabel}=all\`.

## JSON

\`-o json\` prints one object. Keys are only ever added.

| key | value |
| --- | --- |
| \`schema\` | \`${doctorSchema}\` |
| \`counts\` | how many of each severity |
| \`findings\` | each \`{rule, area, severity, object: {kind, id, name}, title, evidence, why, remedy}\`, the gravest first |
| \`unknown\` | what could not be looked at, in sentences |

With \`-o junit\` every rule is a test case that passes where it finds nothing. A finding is one that fails, if it is as grave as \`--fail-on\` says
(\`warning\` where it says nothing); else its text is the test case's output.

${areas.map(section).join('\n\n')}
`;

function section(area: Area): string {
	const rows = rules
		.filter((rule) => rule.area === area)
		.map(({id, severity, title, why}) => `| \`${id}\` | ${severity} | ${title} | ${why} |`);
	return [
		`## ${titles[area]}`,
		'',
		'| rule | severity | finds | why it matters |',
		'| --- | --- | --- | --- |',
		...rows,
	].join('\n');
}
