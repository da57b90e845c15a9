import type {Answer} from '../engine/client.ts';
import {engineError} from '../engine/error.ts';
import type {NodeEngine} from '../engine/node-engine.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed, ok} from '../runtime/result.ts';
import {runExec} from './exec.ts';

/** What people expect, the more comfortable one first. */
const usual = ['bash', 'sh'] as const;

/** The command for a shell in a container: the one that was chosen, else the first of the usual ones that it has. */
export async function shellFor(
	engine: NodeEngine,
	containerId: string,
	{chosen, name, clock}: {readonly chosen: readonly string[]; readonly name: string; readonly clock: Clock},
): Answer<readonly string[]> {
	if (chosen.length > 0) return ok(chosen);
	for (const shell of usual) {
		const request = {containerId, command: [shell, '-c', ':'], isTty: false};
		const tried = await runExec(engine, request, {write: () => undefined}, clock);
		if (!tried.ok) return tried;
		if (tried.value.exitCode === 0) return ok([shell]);
	}
	return failed(
		engineError(
			'not-found',
			`${name} has neither ${usual.join(' nor ')}.`,
			'Another one can be named under shell: in config.yaml.',
		),
	);
}
