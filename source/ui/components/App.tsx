import type {ReactElement} from 'react';
import type {Screen} from '../app/screen.ts';
import {type InputSource, useInput} from '../hooks/useInput.ts';
import {ScreenContext} from '../hooks/useScreen.ts';
import {Dashboard} from './Dashboard.tsx';

export type AppProps = {
	readonly screen: Screen;
	/** The terminal's keys. */
	readonly input: InputSource;
};

/** The dashboard of a swarm, on the whole terminal. */
export function App({screen, input}: AppProps): ReactElement {
	useInput(input, screen);
	return (
		<ScreenContext value={screen}>
			<Dashboard />
		</ScreenContext>
	);
}
