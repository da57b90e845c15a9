/** A value or an error, as a value: what every call that can be refused gives back. */
export type Result<T, E> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly error: E};

export const ok = <T>(value: T): {readonly ok: true; readonly value: T} => ({ok: true, value});
export const failed = <E>(error: E): {readonly ok: false; readonly error: E} => ({ok: false, error});

/** For the `default` of a switch over a tagged union: compiles only while every case is handled. */
export function unreachable(value: never): never {
	throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
