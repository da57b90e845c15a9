import type {Environment} from '../app/environment.ts';
import {useAges} from './useAges.ts';
import {isSameParts, useScreen} from './useScreen.ts';
import {useTheme} from './useTheme.ts';

/** What the objects of a swarm are drawn with. */
export function useEnvironment(): Environment {
	const theme = useTheme();
	const ages = useAges();
	const {cluster, progress, fixed, ignoring} = useScreen(
		({cluster, progress, fixed, state: {ignoring}}) => ({cluster, progress, fixed, ignoring}),
		isSameParts,
	);
	const {clock, trends, app} = fixed;
	return {
		cluster,
		theme,
		now: clock.now(),
		ages,
		trends,
		ignoring,
		keyOf: (id) => app.keymap.keyOf(id),
		progressOf: (id) => progress.get(id),
	};
}
