import type {Operand, Pipeline, TemplateNode} from './syntax.ts';

/** The fields that a template asks of what it is filled with: found before there is anything to fill it with. */
export function rowFields(nodes: readonly TemplateNode[], isRow = true): string[] {
	return nodes.flatMap((node) => {
		switch (node.kind) {
			case 'text':
				return [];
			case 'print':
				return ofPipeline(node.pipeline, isRow);
			default:
				return [
					...ofPipeline(node.pipeline, isRow),
					// Inside of `with` and `range` the dot is something else.
					...rowFields(node.body, isRow && node.kind === 'if'),
					...rowFields(node.otherwise, isRow),
				];
		}
	});
}

const ofPipeline = ({commands}: Pipeline, isRow: boolean): string[] =>
	commands.flatMap((command) => command.flatMap((operand) => ofOperand(operand, isRow)));

function ofOperand(operand: Operand, isRow: boolean): readonly string[] {
	if (operand.kind !== 'path') return [];
	const {of, names} = operand;
	if (of === 'dot') return isRow ? names.slice(0, 1) : [];
	if ('variable' in of) return of.variable === '$' ? names.slice(0, 1) : [];
	return ofPipeline(of, isRow);
}
