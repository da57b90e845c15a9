import type {TaskObject} from '../../swarmkit/state/objects.ts';
import type {Healthcheck, Mount} from '../../wire/task.ts';
import type {ContainerNetwork} from '../contract.ts';
import type {ImageEntry} from '../programs/catalogue.ts';
import type {Endpoint} from './fabric.ts';

export type AttachedNetwork = ContainerNetwork & {readonly endpoint: Endpoint | undefined};

/**
 * What a container is to be. A swarm may have a hundred thousand of them, so what can be told from the task is told when
 * somebody asks and kept nowhere.
 */
export interface ContainerPlan {
	readonly id: string;
	readonly name: string;
	readonly task: TaskObject | undefined;
	readonly image: string;
	readonly imageId: string;
	readonly entry: ImageEntry;
	/** Entrypoint and command as one. */
	readonly command: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly env: readonly string[];
	readonly directory: string;
	readonly hostname: string;
	readonly tty: boolean;
	readonly hasOpenInput: boolean;
	/** With an init process (tini), signals end the program by default. */
	readonly hasInit: boolean;
	readonly stopSignal: string;
	readonly memoryBytes: number;
	readonly healthcheck: Healthcheck | undefined;
	readonly networks: readonly AttachedNetwork[];
	readonly mounts: readonly Mount[];
	/** Log driver `none` keeps nothing. */
	readonly keepsLog: boolean;
	/** Files beyond the image's: names, hosts, secrets, configs. */
	files(): Iterable<readonly [string, string]>;
	/** A number in [0, 1) that belongs to this container and a purpose. */
	fraction(purpose: string): number;
	/** An ID that belongs to this container and a purpose. */
	hex64(purpose: string): string;
}
