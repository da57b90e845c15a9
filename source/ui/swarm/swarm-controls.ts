import type {NodeEntity} from '../../cluster/model.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {NodeRole} from '../../wire/node.ts';

/** What a key can ask for about the swarm itself, and the engine's part in it. */
export interface SwarmControls {
	/** What can be done now: begin or join a swarm, unlock, or all that a member can. */
	openMenu(): void;
	begin(): void;
	join(): void;
	unlock(): void;
	leave(): void;
	/** The tokens to join with. */
	showTokens(): void;
	rotateToken(role: NodeRole): void;
	showUnlockKey(): void;
	toggleAutolock(): void;
	rotateCertificates(): void;
	editSettings(): void;
	/** Lets a machine join to whose engine a way leads. */
	addNode(): void;
	/** A manager that is down goes, and another one takes its place. */
	replace(node: NodeEntity): void;
	/** Whether it is a manager on the screen with a leader; else the sentence that says what it is. */
	readonly isMember: true | SafeText;
	readonly isOutside: true | SafeText;
	readonly isLocked: true | SafeText;
}
