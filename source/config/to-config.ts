/** From what the file says to what the program uses. */
import {foregroundStyle} from './colour.ts';
import type {Config, LogDefaults} from './config.ts';
import {parseDuration} from './duration.ts';
import {chordsOf} from './key-checks.ts';
import type {ConfigFile} from './schema.ts';

/** `file` has been checked: nothing in it is unknown. */
export function toConfig(file: ConfigFile): Config {
	const {theme, glyphs, mouse, notify} = file;
	return {
		theme,
		glyphs,
		mouse,
		notify,
		logs: toLogDefaults(file.logs),
		keys: new Map(Object.entries(file.keys).map(([id, entry]) => [id, chordsOf(entry)])),
		columns: new Map(Object.entries(file.columns).flatMap(([view, columns]) => (columns ? [[view, columns]] : []))),
		refresh: {
			fastestMs: parseDuration(file.refresh.fastest) ?? 0,
			slowestMs: parseDuration(file.refresh.slowest) ?? 0,
		},
		contexts: Object.entries(file.contexts).map(([pattern, {accent, readOnly, protected: isProtected}]) => ({
			pattern,
			accent: accent === undefined ? undefined : foregroundStyle(accent),
			isReadOnly: readOnly,
			isProtected,
		})),
		nodes: file.nodes,
		shell: file.shell,
		ignore: file.ignore,
		commands: file.commands.map((command) => ({...command, key: chordsOf(command.key)[0] ?? command.key})),
	};
}

function toLogDefaults({since, megabytes, ...same}: ConfigFile['logs']): LogDefaults {
	return {...same, sinceMs: since === undefined ? undefined : parseDuration(since), bytes: megabytes * 2 ** 20};
}
