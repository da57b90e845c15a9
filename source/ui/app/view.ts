/** What is to be seen, as finished lines and where they lie: all that the components need. */
import type {SafeText, StyledText} from '../../text/safe-text.ts';
import type {PaneRect, Rect} from '../layout/layout.ts';
import type {Theme} from '../theme/theme.ts';
import type {Size} from './state.ts';

export type PaneView = {
	readonly rect: PaneRect;
	readonly isFocused: boolean;
	/** In the border, from the left. */
	readonly title: StyledText;
	/** In the border, at the right end: `21/140`. */
	readonly position: SafeText;
	/** Exactly as many as fit, each exactly as wide as the pane's inside. */
	readonly lines: readonly StyledText[];
};

/** A box or a text over the panes; all lines as wide as the rectangle, with its borders. */
export type OverlayView = {
	readonly id: 'text' | 'activity' | 'confirmation' | 'chooser' | 'palette';
	readonly rect: Rect;
	readonly lines: readonly StyledText[];
	/** Where it offers something to choose: the first line with a choice, that choice's number, and how many follow. */
	readonly choices?: {readonly line: number; readonly first: number; readonly count: number};
};

export type ScreenView =
	| {readonly kind: 'tooSmall'; readonly size: Size; readonly lines: readonly StyledText[]}
	| {
			readonly kind: 'panes';
			readonly size: Size;
			readonly theme: Theme;
			readonly header: StyledText;
			readonly banner: readonly StyledText[];
			readonly panes: readonly PaneView[];
			readonly overlays: readonly OverlayView[];
			readonly message: StyledText;
			readonly footer: StyledText;
	  };
