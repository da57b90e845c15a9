/** What a key can ask of the inside of nodes. */
import type {ContainerEntity} from '../../cluster/entities/contents.ts';
import type {NodeEntity} from '../../cluster/model.ts';

export interface InsideControls {
	/** Goes into the node: to the list of its containers. Says why where no way leads there. */
	enter(node: NodeEntity): Promise<void>;
	/** Shows the end of a container's log, read from its node. */
	logs(container: ContainerEntity): Promise<void>;
	/** Asks each of the nodes what nothing uses, and offers to remove it. */
	cleanUp(nodes: readonly NodeEntity[]): Promise<void>;
	/** The same, of the node that one went into. */
	cleanUpHere(): void;
}
