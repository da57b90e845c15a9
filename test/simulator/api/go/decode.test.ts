import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {decodeBody, type GoRelease} from '../../../../source/simulator/api/go/decode.ts';
import {encode} from '../../../../source/simulator/api/go/encode.ts';
import {GoNumber, GoObject, type GoValue, readGoJson} from '../../../../source/simulator/api/go/json-text.ts';
import {secretSpec} from '../../../../source/simulator/api/shapes/cluster.ts';
import {serviceSpec} from '../../../../source/wire/spec/service.ts';

const contentType = 'application/json';
const decode = (text: string, go: GoRelease = 'go1.24') =>
	decodeBody(serviceSpec, Buffer.from(text), {contentType, go});

/** The words of the refusal; the text that was decoded if there is none. */
const complaint = (text: string, go?: GoRelease): string => {
	try {
		return JSON.stringify(decode(text, go));
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
};

describe('what Go takes', () => {
	it('takes field names in any case, and the last of two', () => {
		expect(decode('{"NAME":"a","name":"b","taskTEMPLATE":{"containerspec":{"IMAGE":"x"}}}')).toEqual({
			Name: 'b',
			TaskTemplate: {ContainerSpec: {Image: 'x'}},
		});
	});

	it('ignores what it does not know, whatever it holds', () => {
		expect(decode('{"Nonsense":[{"a":1e99}],"Name":"x"}')).toEqual({Name: 'x'});
	});

	it('takes null for nothing', () => {
		expect(decode('{"Name":null,"Mode":null,"Labels":{"a":null}}')).toEqual({Labels: {a: ''}});
	});

	it('takes an empty body for an empty object', () => {
		expect(decodeBody(serviceSpec, Buffer.alloc(0), {contentType: undefined, go: 'go1.24'})).toEqual({});
	});
});

/** Each as an engine 26.1.5 answered it. */
const refused: readonly (readonly [string, string])[] = [
	['{', 'unexpected EOF'],
	['nul', 'unexpected EOF'],
	['{"Name":tru}', "invalid character '}' in literal true (expecting 'e')"],
	['{"Name" "x"}', "invalid character '\"' after object key"],
	['{"Name":"x",}', "invalid character '}' looking for beginning of object key string"],
	['{Name:1}', "invalid character 'N' looking for beginning of object key string"],
	['[1,]', "invalid character ']' looking for beginning of value"],
	['{"a":01}', "invalid character '1' after object key:value pair"],
	['{"a":-}', "invalid character '}' in numeric literal"],
	['{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
	['{"a":1e}', "invalid character '}' in exponent of numeric literal"],
	['{"a":"\\u12g4"}', "invalid character 'g' in \\u hexadecimal character escape"],
	['{"Name":"\\x"}', "invalid character 'x' in string escape code"],
	['{"Name":"a\nb"}', "invalid character '\\n' in string literal"],
	['5', 'json: cannot unmarshal number into Go value of type swarm.ServiceSpec'],
	['[]', 'json: cannot unmarshal array into Go value of type swarm.ServiceSpec'],
	['{"Name":true}', 'json: cannot unmarshal bool into Go struct field ServiceSpec.Annotations.Name of type string'],
	[
		'{"Labels":{"a":1}}',
		'json: cannot unmarshal number into Go struct field ServiceSpec.Annotations.Labels of type string',
	],
	[
		'{"TaskTemplate":{"ContainerSpec":{"Env":[1]}}}',
		'json: cannot unmarshal number into Go struct field ContainerSpec.TaskTemplate.ContainerSpec.Env of type string',
	],
	[
		'{"TaskTemplate":{"RestartPolicy":{"Delay":"5s"}}}',
		'json: cannot unmarshal string into Go struct field RestartPolicy.TaskTemplate.RestartPolicy.Delay of type time.Duration',
	],
	[
		'{"Mode":{"Replicated":{"Replicas":1.5}}}',
		'json: cannot unmarshal number 1.5 into Go struct field ReplicatedService.Mode.Replicated.Replicas of type uint64',
	],
	[
		'{"EndpointSpec":{"Ports":[{"TargetPort":-1}]}}',
		'json: cannot unmarshal number -1 into Go struct field PortConfig.EndpointSpec.Ports.TargetPort of type uint32',
	],
];

it.each(refused)('%s', (text, words) => {
	expect(complaint(text)).toBe(`invalid JSON: ${words}`);
});

it('reports the first misfit, but a broken text before any', () => {
	expect(complaint('{"Name":1,"Labels":2}')).toContain('Annotations.Name');
	expect(complaint('{"Name":1,"Labels":')).toBe('invalid JSON: unexpected EOF');
	expect(complaint('{} {}')).toBe('unexpected content after JSON');
});

it.each([
	['!', 0],
	['eA', 0],
	['eA=', 3],
	['e A==', 1],
	['eA==x', 4],
	['_-8=', 0],
])('finds the fault in the base64 of %j', (data, at) => {
	const body = Buffer.from(JSON.stringify({Data: data}));
	expect(() => decodeBody(secretSpec, body, {contentType, go: 'go1.24'})).toThrow(
		`invalid JSON: illegal base64 data at input byte ${at}`,
	);
});

describe('for any value', () => {
	const plain = (value: GoValue): unknown => {
		if (value instanceof GoNumber) return Number(value.literal);
		if (value instanceof GoObject)
			return Object.fromEntries(value.members.map(([key, member]) => [key, plain(member)]));
		return Array.isArray(value) ? value.map(plain) : value;
	};

	it('reads the same as JSON.parse does, and ends where the text ends', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				const {value, end} = readGoJson(text);
				expect(plain(value)).toEqual(JSON.parse(text));
				expect(end).toBe(text.length);
			}),
		);
	});

	it('refuses what JSON.parse refuses, and nothing else', () => {
		const damaged = fc.tuple(fc.json(), fc.nat(), fc.string({maxLength: 2})).map(([text, at, bit]) => {
			const place = at % (text.length + 1);
			return `${text.slice(0, place)}${bit}${text.slice(place + 1)}`;
		});
		const parses = (text: string): boolean => {
			try {
				JSON.parse(text);
				return true;
			} catch {
				return false;
			}
		};
		const reads = (text: string): boolean => {
			try {
				return readGoJson(text).end === text.trimEnd().length;
			} catch {
				return false;
			}
		};
		fc.assert(
			fc.property(damaged, (text) => {
				expect(reads(text)).toBe(parses(text));
			}),
		);
	});

	it('takes base64 that Node writes', () => {
		fc.assert(
			fc.property(fc.uint8Array({minLength: 1}), (bytes) => {
				const data = Buffer.from(bytes).toString('base64');
				const body = Buffer.from(JSON.stringify({Name: 'x', Data: data}));
				expect(decodeBody(secretSpec, body, {contentType, go: 'go1.24'}).Data).toBe(data);
			}),
		);
	});

	it('shows again what it has shown once', () => {
		const spec = fc.record({
			Name: fc.string(),
			Labels: fc.dictionary(fc.string(), fc.string()),
			TaskTemplate: fc.record({
				ForceUpdate: fc.nat(),
				ContainerSpec: fc.record({Image: fc.string(), Env: fc.array(fc.string()), TTY: fc.boolean()}),
			}),
			Mode: fc.record({Replicated: fc.record({Replicas: fc.nat()})}),
		});
		fc.assert(
			fc.property(spec, (sent) => {
				const once = encode(serviceSpec, decode(JSON.stringify(sent)));
				expect(JSON.stringify(encode(serviceSpec, decode(JSON.stringify(once))))).toBe(JSON.stringify(once));
			}),
		);
	});
});

/** Each as an engine 28.5.2 answered it, which Go 1.27 built. */
const refusedByNewer: readonly (readonly [string, string])[] = [
	[
		'{"TaskTemplate":{"ContainerSpec":{"Image":5}}}',
		'number into Go struct field ServiceSpec.TaskTemplate.ContainerSpec.Image of type string',
	],
	[
		'{"TaskTemplate":{"ContainerSpec":{"Mounts":[{"Type":"bind"},{"Type":3}]}}}',
		'number into Go struct field ServiceSpec.TaskTemplate.ContainerSpec.Mounts.1.Type of type mount.Type',
	],
	['{"Labels":{"a":1}}', 'number into Go struct field ServiceSpec.Labels.a of type string'],
	['{"TaskTemplate":[]}', 'array into Go struct field ServiceSpec.TaskTemplate of type swarm.TaskSpec'],
	['[]', 'array into Go value of type swarm.ServiceSpec'],
	[
		'{"TaskTemplate":{"Resources":{"Limits":{"NanoCPUs":1.5}}}}',
		'number 1.5 into Go struct field ServiceSpec.TaskTemplate.Resources.Limits.NanoCPUs of type int64',
	],
	[
		'{"TaskTemplate":{"ContainerSpec":{"Env":["a",5]}}}',
		'number into ServiceSpec.TaskTemplate.ContainerSpec.Env.1 of type string',
	],
	[
		'{"TaskTemplate":{"ContainerSpec":{"Ulimits":[{"Hard":"x"}]}}}',
		'string into Go struct field ServiceSpec.TaskTemplate.ContainerSpec.Ulimits.0.Hard of type int64',
	],
	[
		'{"TaskTemplate":{"RestartPolicy":{"MaxAttempts":-1}}}',
		'number -1 into Go struct field ServiceSpec.TaskTemplate.RestartPolicy.MaxAttempts of type uint64',
	],
];

describe('what the Go of a newer engine says', () => {
	it.each(refusedByNewer)('%s', (text, words) => {
		expect(complaint(text, 'go1.27')).toBe(`invalid JSON: json: cannot unmarshal ${words}`);
	});

	it('of an escape that there is not, and of base64 that is none', () => {
		expect(complaint('{"Name":"a\\qb"}', 'go1.27')).toBe('invalid JSON: invalid escape sequence `\\q` in string');
		const body = Buffer.from('{"Name":"b","Data":"eA=*"}');
		expect(() => decodeBody(secretSpec, body, {contentType, go: 'go1.27'})).toThrow(
			'invalid JSON: json: cannot unmarshal string into Go struct field SecretSpec.Data of type []uint8: illegal base64 data at input byte 2',
		);
	});
});
