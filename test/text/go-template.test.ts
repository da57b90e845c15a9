import {describe, expect, it} from 'vitest';
import {alignTabs} from '../../source/text/go-template/columns.ts';
import {fillTemplate} from '../../source/text/go-template/evaluate.ts';
import {rowFields} from '../../source/text/go-template/fields.ts';
import {dockerFunctions} from '../../source/text/go-template/functions.ts';
import {parseTemplate} from '../../source/text/go-template/parse.ts';

const row = {
	ID: 'abc',
	Name: 'shop_web',
	Replicas: '2/3',
	Count: 3,
	Self: true,
	Ports: [80, 443],
	Actor: {ID: 'x1', Attributes: {name: 'web', zone: 'a'}},
	Label: (name: unknown) => (name === 'tier' ? 'front' : ''),
};

function fill(template: string): string {
	const nodes = parseTemplate(template);
	if (!nodes.ok) return `PARSE: ${nodes.error}`;
	const filled = fillTemplate(nodes.value, row, dockerFunctions);
	return filled.ok ? filled.value : `FILL: ${filled.error}`;
}

describe('a Go template', () => {
	it.each([
		['{{.Name}}\t{{ .ID }}', 'shop_web\tabc'],
		['{{.Actor.ID}} {{.Actor.Attributes.name}} {{.Actor.Attributes.none}}', 'x1 web <no value>'],
		['{{json .Actor}}', '{"Attributes":{"name":"web","zone":"a"},"ID":"x1"}'],
		['{{upper .Name}} {{.Name | title}} {{truncate .Name 4}} {{pad .ID 1 2}}|', 'SHOP_WEB Shop_web shop  abc  |'],
		['{{if .Self}}*{{else}}-{{end}}{{if not .Self}}x{{end}}', '*'],
		['{{if eq .ID "x"}}1{{else if eq .ID "abc"}}2{{else}}3{{end}}', '2'],
		['{{range .Ports}}<{{.}}>{{end}}', '<80><443>'],
		['{{range $i, $p := .Ports}}{{if $i}},{{end}}{{$i}}={{$p}}{{end}}', '0=80,1=443'],
		['{{range $k, $v := .Actor.Attributes}}{{$k}}:{{$v}} {{$.ID}};{{end}}', 'name:web abc;zone:a abc;'],
		['{{with .Actor}}{{.ID}}{{end}}{{with ""}}x{{else}}none{{end}}', 'x1none'],
		['{{$n := .Name}}{{$n = upper $n}}{{$n}}', 'SHOP_WEB'],
		['{{.Label "tier"}}{{.Label `none`}}', 'front'],
		['{{printf "%-5s|%4d|%05.1f|%q|%v|%%" .ID .Count 2.25 .Name .Self}}', 'abc  |   3|002.3|"shop_web"|true|%'],
		['{{println .ID .Count}}{{print .ID .Count}}', 'abc 3\nabc3'],
		['{{join (split .Name "_") "-"}} {{index (split .Name "_") 1}} {{len .Ports}}', 'shop-web web 2'],
		['{{(index .Actor.Attributes "name") | upper}}{{(.Actor).ID}}', 'WEBx1'],
		['{{index .Actor.Attributes "none"}}{{index .Actor.Attributes "constructor"}}|', '|'],
		['{{and .Self .ID}} {{or "" .Name}} {{gt .Count 2}} {{ne .ID "abc"}}', 'abc shop_web true false'],
		['a {{- .ID -}} b{{/* nothing */}}c', 'aabcbc'],
		['{{"}}"}}{{`{{`}}', '}}{{'],
		['{{.Ports}} {{.Actor.Attributes}} {{nil | print}}', '[80 443] map[name:web zone:a] <nil>'],
		['plain', 'plain'],
	])('%s', (template, text) => {
		expect(fill(template)).toBe(text);
	});

	it.each([
		['{{.Name', 'PARSE: an action is not closed: }} is missing'],
		['{{if .Self}}x', 'PARSE: {{if}} has no {{end}}'],
		['{{end}}', 'PARSE: {{end}} stands where nothing is open'],
		['{{}}', 'PARSE: an action has no value'],
		['{{.Name ) }}', 'PARSE: there is more in an action than belongs there'],
		['{{.Name ? }}', 'PARSE: "? " is not understood'.replace('? "', '?"')],
		['{{nope .Name}}', 'FILL: there is no function nope'],
		['{{constructor}}', 'FILL: there is no function constructor'],
		[
			'{{.toString}}',
			'FILL: there is no field .toString: the fields are ID, Name, Replicas, Count, Self, Ports, Actor, Label',
		],
		['{{.ID.X}}', 'FILL: abc has no field .X'],
		['{{.Name "x"}}', 'FILL: .Name takes no arguments'],
		['{{lt .ID .Count}}', "FILL: abc and 3 can't be compared"],
		['{{$x}}', 'FILL: there is no variable $x'],
	])('%s is a mistake, in one sentence', (template, problem) => {
		expect(fill(template)).toBe(problem);
	});

	it('does not let a value drive the terminal, but keeps the lines and columns of the template', () => {
		const nodes = parseTemplate('{{.Name}}\t{{"a\\nb"}}');
		const filled = nodes.ok ? fillTemplate(nodes.value, {Name: '\u001b[2J'}, dockerFunctions) : nodes;
		expect(filled).toMatchObject({ok: true, value: expect.stringMatching(/^[^\u001b]*\ta\nb$/)});
		const wrong = parseTemplate('{{.Name.X}}');
		const refused = wrong.ok ? fillTemplate(wrong.value, {Name: '\u001b[2J'}, dockerFunctions) : wrong;
		expect(refused).toMatchObject({ok: false, error: expect.stringMatching(/^[^\u001b]* has no field \.X$/)});
	});

	it('tells which fields it asks of a row before there is one', () => {
		const nodes = parseTemplate(
			'{{.A.B}}{{range .C}}{{.No}}{{$.D}}{{else}}{{.E}}{{end}}{{if (eq .F "x")}}{{upper .G}}{{end}}',
		);
		expect(nodes.ok && rowFields(nodes.value)).toEqual(['A', 'C', 'D', 'E', 'F', 'G']);
	});
});

describe('columns', () => {
	it('are as wide as the lines next to each other need', () => {
		expect(alignTabs(['NAME\tID', 'a_rather_long_name\tx', 'b\ty'])).toEqual([
			'NAME                 ID',
			'a_rather_long_name   x',
			'b                    y',
		]);
		expect(alignTabs(['a\tb', 'no tabs here', 'c\t'])).toEqual(['a         b', 'no tabs here', 'c         ']);
	});
});
