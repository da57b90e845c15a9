import {type ReactElement, useSyncExternalStore} from 'react';
import {screenRows} from '../app/rows.ts';
import type {Screen} from '../app/screen.ts';
import {Rows} from './Rows.tsx';

/** The whole screen, drawn from what the {@link Screen} says is to be seen. */
export function App({screen}: {readonly screen: Screen}): ReactElement {
	const view = useSyncExternalStore(screen.subscribe, screen.getView);
	return <Rows rows={screenRows(view)} />;
}
