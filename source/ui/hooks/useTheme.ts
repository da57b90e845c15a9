import type {Theme} from '../theme/theme.ts';
import {useScreen} from './useScreen.ts';

export function useTheme(): Theme {
	return useScreen(({theme}) => theme);
}
