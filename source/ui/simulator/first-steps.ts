/** What to do with simulated engines that are in no swarm yet: where every tutorial begins. */
import {joinSafe, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {TextDocument} from '../text-view/text-document.ts';
import {wrapText} from '../text-view/wrap.ts';
import {paint, type Theme} from '../theme/theme.ts';
import type {SimulatedSwarm} from './simulated-swarm.ts';

type Line = {readonly kind: 'heading' | 'text' | 'command'; readonly text: SafeText};

export function firstStepsDocument(hosts: ReturnType<SimulatedSwarm['hosts']>, width: number): TextDocument {
	const lines = linesOf(hosts).flatMap((line) =>
		line.kind === 'text' ? wrapText(line.text, Math.max(20, width - 3)).map((text): Line => ({...line, text})) : [line],
	);
	return {
		title: toSafeText('begin here'),
		lines: lines.map(({text}) => text),
		paintLine: (index, theme) => painted(lines[index], theme),
	};
}

function linesOf(hosts: ReturnType<SimulatedSwarm['hosts']>): readonly Line[] {
	const [first, ...others] = hosts;
	const text = (words: string): Line => ({kind: 'text', text: toSafeText(words)});
	const heading = (words: string): Line => ({kind: 'heading', text: toSafeText(words)});
	const command = (words: SafeText): Line => ({kind: 'command', text: safe`    ${words}`});
	const named = joinSafe(
		others.map(({name}) => toSafeText(name)),
		', ',
	);
	const begin = [
		heading(others.length === 0 ? 'An engine that is in no swarm yet' : 'Engines that are in no swarm yet'),
		text(
			'Make a swarm of it from another terminal, with the docker CLI. This screen fills itself as soon as there is one.',
		),
		text(''),
		heading(`1  Point docker at ${first?.name ?? 'it'} (F4 copies the line)`),
		command(safe`export DOCKER_HOST=${toSafeText(first?.dockerHost ?? '')}`),
		text(''),
		heading('2  Begin the swarm'),
		command(toSafeText('docker swarm init')),
		text(''),
	];
	const join =
		others.length === 0
			? []
			: [
					heading('3  Let the others join, each on its own socket'),
					text(`docker swarm join-token worker shows the command; put -H before it: ${named}.`),
					command(safe`docker -H ${toSafeText(others[0]?.dockerHost ?? '')} swarm join --token …`),
					text(''),
				];
	const last = [
		heading(`${others.length === 0 ? 3 : 4}  Run something`),
		command(toSafeText('docker service create --name web --replicas 2 nginx')),
		text(''),
		text('F1 is a tour, F2 explains the words of swarm mode, q or Esc closes this.'),
	];
	return [...begin, ...join, ...last];
}

function painted(line: Line | undefined, theme: Theme): StyledText {
	if (!line) return toSafeText('');
	if (line.kind === 'heading') return paint(theme, 'title', line.text);
	return line.kind === 'command' ? paint(theme, 'key', line.text) : styled`${line.text}`;
}
