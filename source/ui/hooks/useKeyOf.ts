import type {KeyOf} from '../keys/binding.ts';
import {useScreen} from './useScreen.ts';

/** The keys that sentences name, as they are bound. */
export function useKeyOf(): KeyOf {
	const {app} = useScreen(({fixed}) => fixed);
	return (id) => app.keymap.keyOf(id);
}
