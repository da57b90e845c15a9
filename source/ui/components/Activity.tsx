import {type ReactElement, useMemo} from 'react';
import {safe, toSafeText} from '../../text/safe-text.ts';
import {activityItems} from '../activity/activity-items.ts';
import {activityLines} from '../activity/activity-lines.ts';
import {selectedOf} from '../activity/activity-verbs.ts';
import {useAges} from '../hooks/useAges.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {insideOf} from '../layout/frame.ts';
import {paint} from '../theme/theme.ts';
import {Frame} from './Frame.tsx';
import {FrameTitle} from './FrameTitle.tsx';
import {Lines} from './Lines.tsx';

export type ActivityProps = {
	/** The key of the item under the cursor; undefined for the first. */
	readonly selected: string | undefined;
	readonly width: number;
	readonly height: number;
};

/** What has been done in this session, and how far it is. */
export function Activity({selected, width, height}: ActivityProps): ReactElement {
	const theme = useTheme();
	const ages = useAges();
	const {history, cluster, keymap} = useScreen(
		({history, cluster, fixed}) => ({history, cluster, keymap: fixed.app.keymap}),
		isSameParts,
	);
	const items = useMemo(() => activityItems(history, cluster), [history, cluster]);
	const item = selectedOf(items, selected);
	const place = items.findIndex(({key}) => key === item?.key) + 1;
	const inside = insideOf('bar', {width, height});
	const style = {kind: 'bar', width, isFocused: true} as const;
	const title = (
		<FrameTitle
			{...style}
			title={paint(theme, 'title', safe`activity ${items.filter(({isPart}) => !isPart).length}`)}
			position={items.length === 0 ? toSafeText('') : safe`${place}/${items.length}`}
		/>
	);
	return (
		<Frame {...style} height={height} title={title}>
			<Lines width={inside.width} texts={activityLines(items, item, inside, {theme, ages, keymap})} />
		</Frame>
	);
}
