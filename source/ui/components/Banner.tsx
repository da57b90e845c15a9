import {Box} from 'ink';
import type {ReactElement} from 'react';
import {bannerLines} from '../header/banner-lines.ts';
import {useAges} from '../hooks/useAges.ts';
import {useKeyOf} from '../hooks/useKeyOf.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {Lines} from './Lines.tsx';

/** What is wrong while no engine answers, and what to do about it. */
export function Banner({width, height}: {readonly width: number; readonly height: number}): ReactElement {
	const theme = useTheme();
	const ages = useAges();
	const {cluster, clock} = useScreen(({cluster, fixed}) => ({cluster, clock: fixed.clock}), isSameParts);
	const lines = bannerLines(cluster, ages, clock.now(), theme, width, useKeyOf()).slice(0, height);
	return (
		<Box flexDirection="column" width={width} height={height}>
			<Lines width={width} texts={lines} />
		</Box>
	);
}
