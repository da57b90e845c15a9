/** The kinds of objects that the screen knows, by their names, and what an object of each is. */

/** Every kind adds itself, beside its listing: `declare module '../kind-id.ts'`. */
// biome-ignore lint/suspicious/noEmptyInterface: the folders of the kinds fill it
export interface Entities {}

export type KindId = keyof Entities;

/** For several kinds, the entity of any of them. */
export type EntityOf<Id extends KindId> = Entities[Id];
