/** The steps of a batch in their order: so many at once, stage after stage, and no further once one has failed. */

export type BatchStep = {
	/** `answered`: whether the engine took it; `over`: whether it has come about. Neither rejects. */
	readonly begin: () => {readonly answered: Promise<boolean>; readonly over: Promise<boolean>};
	/** It is left undone. */
	readonly hold: () => void;
};

/** @param atOnce how many wait for the engine's answer at the same time */
export async function runBatch(stages: readonly (readonly BatchStep[])[], atOnce: number): Promise<void> {
	let isGoing = true;
	for (const stage of stages) {
		const waiting = [...stage];
		const over: Promise<boolean>[] = [];
		const work = async (): Promise<void> => {
			for (let step = isGoing ? waiting.shift() : undefined; step; step = isGoing ? waiting.shift() : undefined) {
				const begun = step.begin();
				over.push(begun.over);
				if (!(await begun.answered)) isGoing = false;
			}
		};
		await Promise.all(Array.from({length: atOnce}, work));
		for (const step of waiting) step.hold();
		if (isGoing && stage !== stages.at(-1)) isGoing = (await Promise.all(over)).every(Boolean);
	}
}
