/** An answer of an error status, with its whole body as text. */
export type RefusedAnswer = {
	readonly status: number;
	readonly body: string;
	readonly method: string;
	/** With the API version, unless it was asked for before one was agreed on. */
	readonly path: string;
};
