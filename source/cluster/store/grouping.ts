/** IDs by the ID of what they belong to: tasks by service, tasks by node, nodes by host name. */
export class Grouping {
	readonly #groups = new Map<string, Set<string>>();

	add(group: string, id: string): void {
		const members = this.#groups.get(group);
		if (members) members.add(id);
		else this.#groups.set(group, new Set([id]));
	}

	delete(group: string, id: string): void {
		const members = this.#groups.get(group);
		members?.delete(id);
		if (members?.size === 0) this.#groups.delete(group);
	}

	of(group: string): ReadonlySet<string> {
		return this.#groups.get(group) ?? none;
	}

	clear(): void {
		this.#groups.clear();
	}
}

const none: ReadonlySet<string> = new Set();
