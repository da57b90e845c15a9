import {Box} from 'ink';
import {type ReactElement, useSyncExternalStore} from 'react';
import type {Screen} from '../app/screen.ts';
import type {ScreenView} from '../app/view.ts';
import {Lines} from './Lines.tsx';
import {Pane} from './Pane.tsx';

/** The whole screen, drawn from what the {@link Screen} says is to be seen. */
export function App({screen}: {readonly screen: Screen}): ReactElement {
	const view = useSyncExternalStore(screen.subscribe, screen.getView);
	const {columns, rows} = view.size;
	return (
		<Box width={columns} height={rows}>
			{view.kind === 'tooSmall' ? (
				<Lines rect={{x: 0, y: 0, width: columns, height: rows}} lines={view.lines} />
			) : (
				<Panes view={view} />
			)}
		</Box>
	);
}

function Panes({view}: {readonly view: Extract<ScreenView, {kind: 'panes'}>}): ReactElement {
	const {columns, rows} = view.size;
	const row = (y: number, height = 1) => ({x: 0, y, width: columns, height});
	return (
		<>
			<Lines rect={row(0)} lines={[view.header]} />
			<Lines rect={row(1, view.banner.length)} lines={view.banner} />
			{view.panes.map((pane) => (
				<Pane key={pane.rect.id} view={pane} theme={view.theme} />
			))}
			{view.overlays.map(({id, rect, lines}) => (
				<Lines key={id} rect={rect} lines={lines} />
			))}
			<Lines rect={row(rows - 2)} lines={[view.message]} />
			<Lines rect={row(rows - 1)} lines={[view.footer]} />
		</>
	);
}
