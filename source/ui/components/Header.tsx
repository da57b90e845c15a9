import type {ReactElement} from 'react';
import {headerLine} from '../header/header-line.ts';
import {useAges} from '../hooks/useAges.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {Line} from './Line.tsx';

/** Whose swarm this is and whether all is well. */
export function Header({width}: {readonly width: number}): ReactElement {
	const theme = useTheme();
	const ages = useAges();
	const facts = useScreen(
		({cluster, summary, fixed}) => ({cluster, summary, label: fixed.label, isReadOnly: fixed.app.isReadOnly}),
		isSameParts,
	);
	return <Line width={width} text={headerLine({...facts, ages}, theme, width)} />;
}
