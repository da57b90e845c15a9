import {useLayoutEffect} from 'react';
import type {TerminalSession} from '../../terminal/terminal-session.ts';
import type {Screen} from '../app/screen.ts';

/** Whose keys, clicks and sizes are taken. */
export type InputSource = Pick<TerminalSession, 'onInput' | 'onResize'>;

/** Every key and click of the terminal goes to the screen, which looks them up in the keymap; and so does its size. */
export function useInput(source: InputSource, screen: Screen): void {
	useLayoutEffect(() => {
		const unsubscribe = [
			source.onInput((event) => screen.handle(event)),
			source.onResize((size) => screen.resize(size)),
		];
		return () => {
			for (const stop of unsubscribe) stop();
		};
	}, [source, screen]);
}
