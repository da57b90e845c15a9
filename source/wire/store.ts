import type {Annotations, Driver, Meta} from './common.ts';

/** Data is base64 when written and never comes back. */
export type SecretSpec = Annotations & {Data?: string; Driver?: Driver; Templating?: Driver};
export type Secret = Meta & {ID: string; Spec: SecretSpec};

/** Data is base64, and comes back. */
export type ConfigSpec = Annotations & {Data?: string; Templating?: Driver};
export type Config = Meta & {ID: string; Spec: ConfigSpec};
