import {isYamlMap, type YamlMap, type YamlValue} from '../documents/stack-yaml/values.ts';

/** Where in a stack file: `['services', 'web', 'ports', 0]`. */
export type StackPath = readonly (string | number)[];

/** Thrown inside the reading of a stack file, which ends with the first thing that docker refuses; never past it. */
export class Refusal extends Error {
	readonly path: StackPath;
	constructor(path: StackPath, message: string) {
		super(message);
		this.path = path;
	}
}

/** The mapping at a key; an empty one where there is none. */
export const mapAt = (map: YamlMap, key: string): YamlMap => {
	const value = map.get(key);
	return isYamlMap(value) ? value : new Map<string, YamlValue>();
};
