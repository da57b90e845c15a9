/**
 * What the Docker Engine HTTP API carries, as types: the one vocabulary that the client (engine/) and the simulator
 * share. Names and casing are the API's own (moby api/types). Optional means that the engine may leave the key out.
 * Times are RFC 3339 strings with up to nine fraction digits, durations are integer nanoseconds.
 */

/** The raft index of the transaction that last wrote the object. */
export type ObjectVersion = {Index: number};

export type Meta = {
	Version: ObjectVersion;
	CreatedAt: string;
	UpdatedAt: string;
};

export type Labels = Record<string, string>;

export type Annotations = {
	Name: string;
	Labels: Labels;
};

export type Driver = {Name?: string; Options?: Record<string, string>};
