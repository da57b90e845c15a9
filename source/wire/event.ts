/** One line of GET /events. Cluster objects have scope `swarm`; there are no events for tasks or leader changes. */
export type EngineEvent = {
	Type: string;
	Action: string;
	Actor: {ID: string; Attributes: Record<string, string>};
	scope?: 'swarm' | 'local';
	/** Unix seconds. */
	time: number;
	/** Unix nanoseconds; beyond 2^53, so the last digits of a parsed value are not exact. */
	timeNano: number;
	status?: string;
	id?: string;
	from?: string;
};
