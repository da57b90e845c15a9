import {Box} from 'ink';
import {type ReactElement, type ReactNode, useMemo} from 'react';
import {toSafeText} from '../../text/safe-text.ts';
import {useGlyph} from '../hooks/useGlyph.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {borderRole, bottomLine, type FrameStyle} from '../layout/frame.ts';
import {paint} from '../theme/theme.ts';
import {Line} from './Line.tsx';

export type FrameProps = FrameStyle & {
	/** Of the whole, in cells. */
	readonly height: number;
	/** The border above: a {@link FrameTitle}. */
	readonly title: ReactNode;
	/** Lines, exactly as many as fit, see `insideOf`. */
	readonly children: ReactNode;
};

/**
 * A box with borders all around, or a bar above. What changes often is drawn by components of its own in `title` and
 * `children`: as long as the frame itself stays, Ink need not look at it again.
 */
export function Frame(props: FrameProps): ReactElement {
	const {kind, width, height, title, children} = props;
	const theme = useTheme();
	return (
		<Box flexDirection="column" width={width} height={height}>
			{title}
			{kind === 'bar' ? children : <Sides {...props} />}
			{kind === 'box' && <Line width={width} text={bottomLine(props, theme)} />}
		</Box>
	);
}

/** What is in a box, between its borders to the left and to the right. */
function Sides({width, height, isFocused, border, children}: FrameProps): ReactElement {
	const theme = useTheme();
	const {vertical} = isFocused ? theme.glyphs.focusBorder : theme.glyphs.border;
	const side = useGlyph(paint(theme, borderRole({border, isFocused}), toSafeText(vertical)), 1);
	const borderStyle = useMemo(() => ({...noBorder, left: side, right: side}), [side]);
	return (
		<Box
			flexDirection="column"
			width={width}
			height={Math.max(0, height - 2)}
			borderStyle={borderStyle}
			borderTop={false}
			borderBottom={false}
		>
			{children}
		</Box>
	);
}

const noBorder = {topLeft: '', top: '', topRight: '', bottomRight: '', bottom: '', bottomLeft: ''};
