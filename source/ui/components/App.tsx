import {Box} from 'ink';
import {type ReactElement, useSyncExternalStore} from 'react';
import {screenRows} from '../app/rows.ts';
import type {Screen} from '../app/screen.ts';
import {Line} from './Line.tsx';

/** The whole screen, drawn from what the {@link Screen} says is to be seen. */
export function App({screen}: {readonly screen: Screen}): ReactElement {
	const view = useSyncExternalStore(screen.subscribe, screen.getView);
	return (
		<Box flexDirection="column">
			{screenRows(view).map((row, y) => (
				// Lines are told apart by where they stand.
				// biome-ignore lint/suspicious/noArrayIndexKey: the place is what a line is
				<Line key={y} width={view.size.columns} text={row} />
			))}
		</Box>
	);
}
