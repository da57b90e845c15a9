import {failed, ok, type Result} from '../runtime/result.ts';

/**
 * Fills variables into every text of a stack file: `$NAME`, `${NAME}`, `${NAME:-default}` (also when empty), `${NAME-default}`,
 * `${NAME:?message}` and `${NAME?message}`; `$$` is a dollar sign (docker/cli cli/compose/template).
 */
export function interpolate(
	value: unknown,
	variables: Readonly<Record<string, string | undefined>>,
): Result<{value: unknown; unset: string[]}, string> {
	const unset = new Set<string>();
	const problems: string[] = [];
	const fill = (text: string): string =>
		text.replace(
			/\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?])([^}]*))?\}|)/g,
			(whole, dollar: string | undefined, bare?: string, braced?: string, operator = '', argument = '') => {
				if (dollar) return '$';
				const name = bare ?? braced;
				if (name === undefined) {
					problems.push(`"${text}" has a $ that begins no variable (a plain dollar is written $$)`);
					return whole;
				}
				const found = variables[name];
				const isMissing = found === undefined || (operator.startsWith(':') && found === '');
				if (!isMissing) return found;
				if (operator.endsWith('-')) return argument;
				if (operator.endsWith('?')) problems.push(`${name} must be set: ${argument || 'it is required'}`);
				else unset.add(name);
				return found ?? '';
			},
		);
	const walk = (node: unknown): unknown => {
		if (typeof node === 'string') return fill(node);
		if (Array.isArray(node)) return node.map(walk);
		if (typeof node === 'object' && node !== null) {
			return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)]));
		}
		return node;
	};
	const filled = walk(value);
	return problems[0] === undefined ? ok({value: filled, unset: [...unset]}) : failed(problems[0]);
}
