/** YAML that is safe to print and stays what it is. */
import {Document, isScalar, visit} from 'yaml';
import {withNumbers} from './hazards.ts';

/** Texts with characters that could drive a terminal stand in double quotes, where YAML has escapes for them. */
export function yamlText(value: unknown): string {
	const document = new Document(value, {aliasDuplicateObjects: false});
	visit(document, {
		Scalar(_, node) {
			const text = isScalar<unknown>(node) ? node.value : undefined;
			if (typeof text === 'string' && withNumbers(text, byNumber) !== text) node.type = 'QUOTE_DOUBLE';
		},
	});
	return withNumbers(document.toString(), byNumber);
}

const byNumber = (code: number): string =>
	code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
