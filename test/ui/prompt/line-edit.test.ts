import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	emptyLine,
	type LineEdit,
	type LineEditAction,
	lineOf,
	reduceLineEdit,
} from '../../../source/ui/prompt/line-edit.ts';

/** `foo|bar`: the bar stands for the cursor. */
function lineAt(marked: string): LineEdit {
	return {text: marked.replace('|', ''), cursor: marked.indexOf('|')};
}

function marked({text, cursor}: LineEdit): string {
	return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

const edited = (start: string, action: LineEditAction): string => marked(reduceLineEdit(lineAt(start), action));

describe('editing a line', () => {
	it.each<[string, LineEditAction, string]>([
		['web|', {type: 'insert', text: '5'}, 'web5|'],
		['w|b', {type: 'insert', text: 'e'}, 'we|b'],
		['web|', {type: 'insert', text: 'a\nb\tc\r\n'}, 'weba b c|'],
		['web|', {type: 'insert', text: '\u001b\u0000x'}, 'webx|'],
		['web|', {type: 'backspace'}, 'we|'],
		['|web', {type: 'backspace'}, '|web'],
		['w|eb', {type: 'delete'}, 'w|b'],
		['web|', {type: 'delete'}, 'web|'],
		['a 👩‍👩‍👧‍👦|', {type: 'backspace'}, 'a |'],
		['a 🇩🇪|b', {type: 'left'}, 'a |🇩🇪b'],
		['|é', {type: 'right'}, 'é|'],
		['e|x', {type: 'insert', text: '\u0301'}, 'e\u0301|x'],
		['docker service |', {type: 'deleteWordBack'}, 'docker |'],
		['docker ser|vice', {type: 'deleteWordBack'}, 'docker |vice'],
		['docker |service ls', {type: 'deleteWordForward'}, 'docker | ls'],
		['docker ser|vice', {type: 'deleteToStart'}, '|vice'],
		['docker ser|vice', {type: 'deleteToEnd'}, 'docker ser|'],
		['docker ser|vice', {type: 'home'}, '|docker service'],
		['docker ser|vice', {type: 'end'}, 'docker service|'],
		['docker ser|vice', {type: 'wordLeft'}, 'docker |service'],
		['docker| service', {type: 'wordRight'}, 'docker service|'],
	])('%j and %j give %j', (start, action, expected) => {
		expect(edited(start, action)).toBe(expected);
	});

	it('keeps the cursor between characters, whatever is typed', () => {
		const piece = fc.constantFrom('a', ' ', 'é', '漢', '👍🏽', '👩‍🚀', '\u0301', '🇩', '🇪', 'word');
		const action = fc.oneof<fc.Arbitrary<LineEditAction>[]>(
			piece.map((text) => ({type: 'insert', text})),
			fc.constantFrom<LineEditAction>(
				{type: 'left'},
				{type: 'right'},
				{type: 'wordLeft'},
				{type: 'wordRight'},
				{type: 'home'},
				{type: 'end'},
				{type: 'backspace'},
				{type: 'delete'},
				{type: 'deleteWordBack'},
				{type: 'deleteWordForward'},
				{type: 'deleteToStart'},
				{type: 'deleteToEnd'},
			),
		);
		const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
		fc.assert(
			fc.property(fc.array(action, {maxLength: 30}), (actions) => {
				let line = emptyLine;
				for (const next of actions) {
					line = reduceLineEdit(line, next);
					const borders = [...segmenter.segment(line.text)].map(({index}) => index);
					expect([...borders, line.text.length]).toContain(line.cursor);
					expect(line.text).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
				}
			}),
		);
	});

	it('starts behind what is there', () => {
		expect(marked(lineOf('3'))).toBe('3|');
	});
});
