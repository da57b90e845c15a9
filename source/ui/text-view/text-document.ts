/** A text that can be read on the screen. */
import type {SafeText, StyledText} from '../../text/safe-text.ts';
import type {TreeLine} from '../inspect/tree-lines.ts';
import type {Theme} from '../theme/theme.ts';

export type TextDocument = {
	readonly title: SafeText;
	/** What is searched. */
	readonly lines: readonly SafeText[];
	/** Line by number, with its colours. */
	readonly paintLine: (index: number, theme: Theme) => StyledText;
	/** What stands on that line of a tree: a document with it has a cursor. */
	readonly nodeAt?: (index: number) => TreeLine | undefined;
};
