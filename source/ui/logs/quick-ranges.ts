/** The ranges that the menu of the logs offers: since how many minutes ago, and the key that chooses it there. */
export const quickRanges: readonly {readonly key: string; readonly minutes: number; readonly title: string}[] = [
	{key: '1', minutes: 1, title: '1m'},
	{key: '2', minutes: 5, title: '5m'},
	{key: '3', minutes: 15, title: '15m'},
	{key: '4', minutes: 60, title: '1h'},
];
