import type {Texts} from '../model.ts';

export const namespaceLabel = 'com.docker.stack.namespace';
export const imageLabel = 'com.docker.stack.image';

/** `name:` wins; all else takes the stack's name in front. What is external has its own name by now. */
export const objectName = (stack: string, key: string, name: string): string =>
	name === '' ? `${stack}_${key}` : name;

/** Labels with the one that says which stack a thing belongs to. */
export const stackLabels = (stack: string, labels: Texts | undefined): Record<string, string> => ({
	...labels,
	[namespaceLabel]: stack,
});

/** The value at a key of its own: `constructor` is a fair name for a network. */
export const own = <T>(named: Readonly<Record<string, T>>, key: string): T | undefined =>
	Object.hasOwn(named, key) ? named[key] : undefined;
