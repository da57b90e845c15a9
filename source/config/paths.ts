/** Where the program keeps its files: the XDG base directories (https://specifications.freedesktop.org/basedir/). */
import path from 'node:path';

type Surroundings = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly homeDirectory: string;
};

export const configFile = (surroundings: Surroundings): string =>
	path.join(baseDirectory(surroundings, 'XDG_CONFIG_HOME', '.config'), 'swarmtop', 'config.yaml');

export const stateFile = (surroundings: Surroundings): string =>
	path.join(baseDirectory(surroundings, 'XDG_STATE_HOME', path.join('.local', 'state')), 'swarmtop', 'state.json');

/** The specification: a value that is no absolute path is to be ignored. */
function baseDirectory({environment, homeDirectory}: Surroundings, variable: string, fallback: string): string {
	const value = environment[variable];
	return value && path.isAbsolute(value) ? value : path.join(homeDirectory, fallback);
}
