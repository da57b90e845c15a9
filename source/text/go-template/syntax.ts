/** A Go template as a tree: what parse.ts makes and evaluate.ts runs. */

export type Operand =
	| {readonly kind: 'literal'; readonly value: string | number | boolean | undefined}
	/** `.A.B` of the dot, `$x.A` of a variable, `(…).A` of a pipeline. */
	| {
			readonly kind: 'path';
			readonly of: 'dot' | {readonly variable: string} | Pipeline;
			readonly names: readonly string[];
	  }
	| {readonly kind: 'function'; readonly name: string};

/** A value, or a function or method and its arguments. */
export type Command = readonly Operand[];

export type Pipeline = {
	/** `$x := …` and `$i, $x := …`. */
	readonly declares: readonly string[];
	/** `$x = …`: the variable is there already. */
	readonly isAssignment: boolean;
	/** Each gets the value of the one before as its last argument. */
	readonly commands: readonly Command[];
};

export type TemplateNode =
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'print'; readonly pipeline: Pipeline}
	| {
			readonly kind: 'if' | 'with' | 'range';
			readonly pipeline: Pipeline;
			readonly body: readonly TemplateNode[];
			readonly otherwise: readonly TemplateNode[];
	  };

/** What is wrong with a template: one sentence. Never leaves this folder but as a Result. */
export class TemplateError extends Error {}
