import {Box} from 'ink';
import type {ReactElement} from 'react';
import {isFull, topOverlay} from '../app/state.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {Banner} from './Banner.tsx';
import {Body} from './Body.tsx';
import {Footer} from './Footer.tsx';
import {Header} from './Header.tsx';
import {heightOf, Layer} from './Layer.tsx';
import {MessageLine} from './MessageLine.tsx';
import {Popup} from './Popup.tsx';
import {Prompt} from './Prompt.tsx';
import {TooSmall} from './TooSmall.tsx';

/** The screen from top to bottom, and in front of it what has been opened. */
export function Dashboard(): ReactElement {
	const {size, overlays, top, layout} = useScreen(
		({state, layout}) => ({size: state.size, overlays: state.overlays, top: topOverlay(state), layout}),
		isSameParts,
	);
	const {columns, rows} = size;
	if (layout.kind === 'tooSmall') return <TooSmall columns={columns} rows={rows} />;
	const popups = overlays.slice(overlays.findLastIndex(isFull) + 1);
	return (
		<Box flexDirection="column" width={columns} height={heightOf(popups.length, size)}>
			<Header width={columns} />
			{layout.banner.height > 0 && <Banner width={columns} height={layout.banner.height} />}
			<Body />
			{top?.kind === 'prompt' ? <Prompt prompt={top} width={columns} /> : <MessageLine width={columns} />}
			<Footer width={columns} />
			{popups.map((overlay, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: an overlay is told by how far in front it is
				<Layer key={index} number={index + 1} size={size}>
					<Popup overlay={overlay} />
				</Layer>
			))}
		</Box>
	);
}
