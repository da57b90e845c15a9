/** A box in front of the panes, as it is to be drawn and clicked on. */
import type {SafeText, StyledText} from '../../text/safe-text.ts';
import type {Role} from '../theme/theme.ts';
import type {Rect} from './pane.ts';

export type PopupView = {
	readonly rect: Rect;
	readonly border: Role;
	readonly title: StyledText;
	/** At the right end of the border above. */
	readonly position: SafeText;
	/** Exactly as many as fit inside of the border, each exactly as wide. */
	readonly lines: readonly StyledText[];
	/** Where it offers something to choose: the first line with a choice, that choice's number, and how many follow. */
	readonly choices?: {readonly line: number; readonly first: number; readonly count: number};
};
