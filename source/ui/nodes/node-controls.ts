/** What a key can ask for through the nodes' own engines. */
import type {NodeEntity} from '../../cluster/model.ts';
import type {SafeText} from '../../text/safe-text.ts';

/** A running container, and where it is. */
export type ContainerTarget = {
	readonly name: SafeText;
	readonly nodeId: string;
	readonly containerId: string;
	/** What else tells it apart: `running 5m`. */
	readonly detail: SafeText;
};

export interface NodeControls {
	/** A shell in one of them; asks in which when there are several. `what` is what they are of. */
	shell(what: SafeText, targets: readonly ContainerTarget[]): void;
	/** Runs a command in each of them and shows what each answers. */
	runInAll(what: SafeText, targets: readonly ContainerTarget[], command: readonly string[]): Promise<void>;
	/** A shell on the node itself. */
	ssh(node: NodeEntity): Promise<void>;
	/** Tries the ways to all nodes, and shows them. */
	reach(): Promise<void>;
}
