import {Box} from 'ink';
import type {ReactElement} from 'react';
import {fitCells} from '../../text/fit.ts';
import {toSafeText} from '../../text/safe-text.ts';
import {smallest} from '../layout/layout.ts';
import {Lines} from './Lines.tsx';

const words = ['swarmtop', `needs ${smallest.columns}x${smallest.rows}`, 'or more'];

/** What a screen says that has no room for anything else. */
export function TooSmall({columns, rows}: {readonly columns: number; readonly rows: number}): ReactElement {
	const texts = words.slice(0, rows).map((word) => fitCells(toSafeText(word), columns));
	return (
		<Box flexDirection="column">
			<Lines width={columns} texts={texts} />
		</Box>
	);
}
