import type {
	ConfigObject,
	NetworkObject,
	NodeObject,
	SecretObject,
	ServiceObject,
} from '../../swarmkit/state/objects.ts';

/** What the dispatcher sends along with tasks: the objects that they refer to. */
export interface Dependencies {
	node(): NodeObject | undefined;
	secret(id: string): SecretObject | undefined;
	config(id: string): ConfigObject | undefined;
	network(id: string): NetworkObject | undefined;
	/** For the virtual addresses that names lead to. */
	service(id: string): ServiceObject | undefined;
}

export const noDependencies: Dependencies = {
	node: () => undefined,
	secret: () => undefined,
	config: () => undefined,
	network: () => undefined,
	service: () => undefined,
};
