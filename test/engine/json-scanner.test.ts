import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {JsonArrayParser, JsonStreamParser} from '../../source/engine/json-scanner.ts';

/** Cuts the text's bytes at the given places, also in the middle of a character. */
function cutUp(text: string, places: readonly number[]): Uint8Array[] {
	const bytes = Buffer.from(text);
	const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
	return [0, ...cuts].map((start, index) => bytes.subarray(start, cuts[index] ?? bytes.length));
}

function parseArray(pieces: readonly Uint8Array[]): unknown[] {
	const parser = new JsonArrayParser();
	const elements = pieces.flatMap((piece) => parser.push(piece));
	parser.end();
	return elements;
}

describe('JsonArrayParser', () => {
	it('gives what JSON.parse gives, wherever the bytes are cut', () => {
		fc.assert(
			fc.property(
				fc.array(fc.jsonValue({maxDepth: 3})),
				fc.array(fc.nat()),
				fc.constantFrom(undefined, 1, '\t'),
				(value, places, indent) => {
					const text = JSON.stringify(value, undefined, indent);
					expect(parseArray(cutUp(text, places))).toEqual(JSON.parse(text));
				},
			),
		);
	});

	it('refuses exactly what JSON.parse refuses, or what is no array', () => {
		const shreds = fc.array(fc.constantFrom('[', ']', '{', '}', ',', '1', '"a"', ':', ' ', 'null', '"', '\\'), {
			maxLength: 12,
		});
		fc.assert(
			fc.property(shreds, fc.array(fc.nat()), (parts, places) => {
				const text = parts.join('');
				expect(outcome(() => parseArray(cutUp(text, places)))).toEqual(
					outcome(() => {
						const value: unknown = JSON.parse(text);
						if (value === null) return [];
						if (!Array.isArray(value)) throw new SyntaxError();
						return value;
					}),
				);
			}),
			{numRuns: 2000},
		);
	});

	it('takes null for an empty list, as Go writes it', () => {
		expect(parseArray([Buffer.from('null\n')])).toEqual([]);
	});
});

describe('JsonStreamParser', () => {
	it('gives every object of a stream once it is complete, wherever the bytes are cut', () => {
		fc.assert(
			fc.property(
				fc.array(fc.dictionary(fc.string(), fc.jsonValue({maxDepth: 2}))),
				fc.array(fc.nat()),
				fc.constantFrom('', '\n', '\r\n'),
				(values, places, between) => {
					const parser = new JsonStreamParser();
					const text = values.map((value) => JSON.stringify(value) + between).join('');
					const parsed = cutUp(text, places).flatMap((piece) => parser.push(piece));
					expect(parsed).toEqual(values.map((value) => JSON.parse(JSON.stringify(value))));
				},
			),
		);
	});

	it('gives an object with the byte that completes it', () => {
		const parser = new JsonStreamParser();
		expect(parser.push(Buffer.from('{"a":"}"'))).toEqual([]);
		expect(parser.push(Buffer.from('}'))).toEqual([{a: '}'}]);
	});
});

function outcome(run: () => unknown): unknown {
	try {
		return {value: run()};
	} catch (error) {
		expect(error).toBeInstanceOf(SyntaxError);
		return 'refused';
	}
}
