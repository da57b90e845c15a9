/** The lines that point the docker CLI at the swarm on the screen, each to be copied with one key. */
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {shellWord} from '../../text/shell-words.ts';
import type {SwarmAccess} from '../app/custom-commands.ts';
import type {Choice, ChooserSpec} from '../app/overlay.ts';
import type {SimulatedSwarm} from './simulated-swarm.ts';

type Way = {readonly access: SwarmAccess; readonly simulated?: SimulatedSwarm | undefined};

/** So many nodes have a key. */
const keyedAtMost = 9;

export function dockerLines({access, simulated}: Way, copy: (text: string, done: SafeText) => void): ChooserSpec {
	const line = (key: string, text: string, detail: string): Choice => ({
		key,
		label: toSafeText(text),
		detail: toSafeText(detail),
		isPresent: false,
		run: () => copy(text, safe`Copied: ${toSafeText(text)}`),
	});
	const [, ...others] = simulated?.hosts() ?? [];
	return {
		title: toSafeText('The docker CLI on this swarm: choose a line to copy it'),
		lines: [{tone: 'plain', text: toSafeText('Paste it into another terminal; docker node ls then asks this swarm.')}],
		choices: [
			line('0', exportOf(access), ''),
			...others
				.slice(0, keyedAtMost)
				.map(({name, dockerHost}, index) =>
					line(String(index + 1), `export DOCKER_HOST=${shellWord(dockerHost)}`, name),
				),
		],
	};
}

/** The variables that are set; what is not a context and needs no certificates is one of them. */
function exportOf({environment}: SwarmAccess): string {
	const names = ['DOCKER_CONTEXT', 'DOCKER_HOST', 'DOCKER_TLS', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'];
	const set = names.flatMap((name) => {
		const value = environment[name];
		return value === undefined ? [] : [`${name}=${shellWord(value)}`];
	});
	return `export ${set.join(' ')}`;
}
