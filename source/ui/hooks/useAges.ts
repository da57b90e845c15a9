import {useEffect, useReducer} from 'react';
import {AgeReader} from '../table/age-reader.ts';
import {useScreen} from './useScreen.ts';

/** Ages as of now. The component is drawn again when the first of those that it has read will read differently. */
export function useAges(): AgeReader {
	const clock = useScreen(({fixed}) => fixed.clock);
	const [, drawAgain] = useReducer((count: number) => count + 1, 0);
	const ages = new AgeReader(clock.now());
	useEffect(() => {
		if (!Number.isFinite(ages.changesAt)) return undefined;
		const timer = clock.after(ages.changesAt - clock.now(), drawAgain);
		return () => timer.cancel();
	});
	return ages;
}
