import {describe, expect, it} from 'vitest';
import {parseGetOptions} from '../../source/commands/get-options.ts';
import {listingIds, wordsFor} from '../../source/ui/kinds/listings.ts';

const parse = (line: string) => parseGetOptions(line.split(' ').filter(Boolean));
const options = (line: string) => {
	const parsed = parse(line);
	if (!parsed.ok || parsed.value === 'help') throw new Error(`no options: ${JSON.stringify(parsed)}`);
	return parsed.value;
};
const problem = (line: string) => {
	const parsed = parse(line);
	return parsed.ok ? 'none' : parsed.error;
};

describe('the command line of swarmtop get', () => {
	it.each([
		['nodes', 'nodes'],
		['node', 'nodes'],
		['no', 'nodes'],
		['svc', 'services'],
		['SVC', 'services'],
		['ps', 'tasks'],
		['stk', 'stacks'],
		['net', 'networks'],
		['secret', 'secrets'],
		['cm', 'configs'],
		['vol', 'volumes'],
		['plug', 'plugins'],
		['ev', 'events'],
		['ctx', 'contexts'],
	])('%s means %s', (word, kind) => {
		expect(options(word).kind).toBe(kind);
	});

	it('gives every short name to one kind alone', () => {
		const words = listingIds.flatMap(wordsFor);
		expect(new Set(words).size).toBe(words.length);
	});

	it('takes its flags in any place', () => {
		const expected = {
			kind: 'services',
			words: ['web', 'api'],
			format: 'wide',
			sortBy: 'replicas',
			isReversed: true,
			isWatching: true,
			isAll: true,
			hasHeadings: false,
		};
		expect(options('svc web api -o wide -w -a --sort Replicas -r --no-headings')).toMatchObject(expected);
		expect(options('-wra --no-headings --output=wide svc --sort replicas web api')).toMatchObject(expected);
		expect(options('svc -H unix:///x -f state=failing -f !web')).toMatchObject({
			connection: {host: 'unix:///x'},
			filter: {text: 'state=failing !web'},
		});
	});

	it.each([
		['', 'Get what? nodes, services, tasks, stacks, networks, secrets, configs, volumes, plugins, events, contexts.'],
		[
			'pods',
			'There is no kind "pods". The kinds are nodes, services, tasks, stacks, networks, secrets, configs, volumes, plugins, events, contexts.',
		],
		['svc -o xml', '-o xml: the formats are table, wide, json, yaml, name.'],
		[
			'no --sort age',
			'--sort age: the columns of nodes are hostname, role, state, availability, tasks, cpu, memory, engine, address, platform.',
		],
		['svc --colour', 'There is no flag --colour.'],
	])('%j is refused in one sentence', (line, sentence) => {
		expect(problem(line)).toBe(sentence);
	});
});

describe('formats and filters of swarmtop get that can not be', () => {
	const parseWords = (...argv: string[]) => {
		const parsed = parseGetOptions(argv);
		return parsed.ok ? 'none' : parsed.error;
	};

	it.each([
		['svc -f stat=failing', '--filter stat=: services have no field stat. Did you mean state? The fields are '],
		['nodes -f !nope=1', '--filter nope=: nodes have no field nope. The fields are '],
		['svc -q -o json', 'Give one of --output and --quiet.'],
		['svc -q --format json', 'Give one of --format and --quiet.'],
		['events --format table', '--format table: docker has no table of events. Use -o table.'],
		[
			'svc --format {{.Replica}}',
			'--format: services have no field .Replica. Did you mean .Replicas? The fields are .ID, .Name,',
		],
		['svc --format {{.Name', '--format: an action is not closed: }} is missing.'],
		['svc --format {{if}}x{{end}}', '--format: an action has no value.'],
	])('%s', (line, said) => {
		expect(problem(line)).toContain(said);
	});

	it('finds a field of the row wherever the template asks for it', () => {
		expect(parseWords('svc', '--format', '{{range split .Nane "_"}}{{.}}{{$.Name}}{{end}}')).toContain(
			'no field .Nane. Did',
		);
		expect(parseWords('svc', '--format', 'table {{.Name}}\\t{{.Ports}}')).toBe('none');
	});
});
