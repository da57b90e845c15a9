/** Which of the configuration's context rules hold for an engine. */
import type {ContextRule, ContextSettings} from './config.ts';

/** What a rule's pattern is compared with. */
export type Connected = {
	/** The docker context's name; undefined when the engine was not chosen by one. */
	readonly context: string | undefined;
	/** The engine's address: `ssh://me@manager.example.com`, `unix:///var/run/docker.sock`. */
	readonly url: string;
};

/** All rules that fit hold together; of two that say different things the later one counts. */
export function settingsFor(rules: readonly ContextRule[], connected: Connected): ContextSettings {
	const names = namesOf(connected);
	const fitting = rules.filter(({pattern}) => names.some((name) => isFitting(pattern, name)));
	return {
		accent: fitting.findLast(({accent}) => accent !== undefined)?.accent,
		isReadOnly: fitting.findLast(({isReadOnly}) => isReadOnly !== undefined)?.isReadOnly ?? false,
		isProtected: fitting.findLast(({isProtected}) => isProtected !== undefined)?.isProtected ?? false,
	};
}

/** The context's name, the whole address, and the host in it. */
function namesOf({context, url}: Connected): string[] {
	const host = /^(?:tcp|ssh|https?):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]+)/.exec(url)?.[1];
	return [context, url, host].filter((name) => name !== undefined);
}

/** `*` stands for any characters, `?` for one; letter case doesn't matter, as it doesn't in host names. */
function isFitting(pattern: string, name: string): boolean {
	const expression = pattern
		.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
		.replaceAll('*', '.*')
		.replaceAll('?', '.');
	return new RegExp(`^${expression}$`, 'is').test(name);
}
