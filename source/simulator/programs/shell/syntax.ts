/** The shell's grammar as a tree: the part of POSIX sh (XCU 2.10) that people write in a service's command. */

export type Part =
	| {readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean}
	| {
			readonly kind: 'parameter';
			readonly name: string;
			/** `:-`, `-`, `:=`, `=`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, or `length` for `${#name}`. */
			readonly operator?: string;
			readonly operand?: Word;
			readonly isQuoted: boolean;
	  }
	| {readonly kind: 'command'; readonly script: Script; readonly isQuoted: boolean}
	| {readonly kind: 'arithmetic'; readonly expression: Word; readonly isQuoted: boolean};

export type Word = readonly Part[];

export type Redirect = {
	/** The descriptor that is redirected. */
	readonly descriptor: number;
	/** `>`, `>>`, `<`, `>&`; `<<<` carries a here-document's text. */
	readonly operator: '>' | '>>' | '<' | '>&' | '<<<';
	readonly target: Word;
};

export type Assignment = {readonly name: string; readonly value: Word};

export type Simple = {
	readonly kind: 'simple';
	readonly assignments: readonly Assignment[];
	readonly words: readonly Word[];
	readonly redirects: readonly Redirect[];
};

export type Loop = {
	readonly kind: 'loop';
	readonly condition: Script;
	/** `until` runs while the condition fails. */
	readonly isUntil: boolean;
	readonly body: Script;
	readonly redirects: readonly Redirect[];
};

export type For = {
	readonly kind: 'for';
	readonly variable: string;
	/** Undefined without `in`: the positional parameters. */
	readonly words: readonly Word[] | undefined;
	readonly body: Script;
	readonly redirects: readonly Redirect[];
};

export type If = {
	readonly kind: 'if';
	readonly branches: readonly {readonly condition: Script; readonly body: Script}[];
	readonly otherwise: Script | undefined;
	readonly redirects: readonly Redirect[];
};

export type Case = {
	readonly kind: 'case';
	readonly subject: Word;
	readonly branches: readonly {readonly patterns: readonly Word[]; readonly body: Script}[];
	readonly redirects: readonly Redirect[];
};

type Group = {
	readonly kind: 'group';
	readonly isSubshell: boolean;
	readonly body: Script;
	readonly redirects: readonly Redirect[];
};

type FunctionDefinition = {readonly kind: 'function'; readonly name: string; readonly body: Command};

export type Command = Simple | Loop | For | If | Case | Group | FunctionDefinition;

export type Pipeline = {readonly isNegated: boolean; readonly commands: readonly Command[]};

export type AndOr = {
	readonly first: Pipeline;
	readonly rest: readonly {readonly operator: '&&' | '||'; readonly pipeline: Pipeline}[];
	readonly isBackground: boolean;
};

export type Script = readonly AndOr[];

/** What a shell says before it gives up with status 2. */
export class ShellSyntaxError extends Error {}
