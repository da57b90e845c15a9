import type {Layout} from '../layout/layout.ts';
import {useScreen} from './useScreen.ts';

/** Where everything lies on a screen of this size. Throws on a screen that is too small for anything. */
export function useLayout(): Extract<Layout, {kind: 'panes'}> {
	const layout = useScreen((screen) => screen.layout);
	if (layout.kind === 'tooSmall') throw new Error('nothing is laid out on a screen that is too small');
	return layout;
}
