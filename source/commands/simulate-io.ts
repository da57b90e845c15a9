/** Where a command writes, and how it learns that it is to end. */
export type CommandIo = {
	readonly out: (line: string) => void;
	readonly err: (line: string) => void;
	/** Resolves when the user interrupts. */
	readonly interrupted: () => Promise<void>;
};
