import type {ReactElement} from 'react';
import {footerBindings, footerLine} from '../footer/footer-line.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {Line} from './Line.tsx';

/** The keys that do something here and now. */
export function Footer({width}: {readonly width: number}): ReactElement {
	const theme = useTheme();
	const bindings = useScreen(({scopes, fixed}) => footerBindings(scopes, fixed.app), isSameParts);
	return <Line width={width} text={footerLine(bindings, theme, width)} />;
}
