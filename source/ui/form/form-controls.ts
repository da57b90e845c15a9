import type {FormSpec} from './form-spec.ts';

/** What asks the person for several things at once. */
export interface Forms {
	open(spec: FormSpec): void;
	/** The one on top can be gone on with in the editor. */
	readonly canEdit: boolean;
	/** To a line above or below. */
	step(by: number): void;
	/** Completes what is typed; else to the next field. */
	next(): void;
	previous(): void;
	/** To another option of a choice. */
	turn(by: number): void;
	/** The next line, or on its way from the last. */
	enter(): void;
	/** On its way with what was entered, unless something is wrong. */
	submit(): void;
	openEditor(): void;
	/** Closes it, after a question where something would be lost. */
	cancel(): void;
	/** A line was clicked on, counted from the first. */
	point(index: number): void;
}
