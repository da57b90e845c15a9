import {field, optional, string, stringMap, struct} from './go-types.ts';

/** The parts that several of the engine's types embed (moby api/types/swarm/common.go). */

/** The fields of an embedded Annotations. */
export const annotations = {
	Name: field(string, {embedded: 'Annotations'}),
	Labels: field(stringMap, {embedded: 'Annotations'}),
};

export const driver = struct('swarm.Driver', {Name: optional(string), Options: optional(stringMap)});
