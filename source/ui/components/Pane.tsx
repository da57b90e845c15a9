import {memo, type ReactElement, useMemo} from 'react';
import type {PaneView} from '../app/view.ts';
import {framed} from '../layout/frame.ts';
import type {Theme} from '../theme/theme.ts';
import {Lines} from './Lines.tsx';

/** A pane in its frame. */
export const Pane = memo(function Pane({view, theme}: {readonly view: PaneView; readonly theme: Theme}): ReactElement {
	const {rect, isFocused, title, position, lines} = view;
	const rows = useMemo(
		() => framed(lines, {kind: rect.frame, width: rect.width, isFocused, title, position}, theme),
		[lines, rect, isFocused, title, position, theme],
	);
	return <Lines rect={rect} lines={rows} />;
});
