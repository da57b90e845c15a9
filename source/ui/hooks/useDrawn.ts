import {useLayoutEffect} from 'react';
import {useScreen} from './useScreen.ts';

/** Tells the screen when a question has been drawn. @param question undefined while not all of it is known */
export function useDrawn(question: object | undefined): void {
	const {app} = useScreen(({fixed}) => fixed);
	useLayoutEffect(() => {
		if (question) app.consent.wasDrawn(question);
	}, [app, question]);
}
