/** The ways to move in anything that scrolls: lists, texts, logs. */
export type Motion =
	| {readonly type: 'move'; readonly by: number}
	/** In windows; halves are allowed. */
	| {readonly type: 'page'; readonly by: number}
	| {readonly type: 'first'}
	| {readonly type: 'last'};
