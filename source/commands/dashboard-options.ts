import meow from 'meow';
import type {ConnectionFlags} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {connectionUsage, toConnectionFlags} from './connection-options.ts';

/** The command line of the dashboard, which is swarmtop without a command. */

export type DashboardOptions = {
	readonly connection: ConnectionFlags;
	readonly isReadOnly: boolean;
	/** The file that every finished action is written to, one JSON object a line. */
	readonly auditPath: string | undefined;
	/** Set when a simulated swarm is to be shown instead of a real one. */
	readonly demo: DemoOptions | undefined;
};

export type DemoOptions = {
	/** A built-in fixture's name, or a file. */
	readonly fixture: string;
	/** Simulated seconds in a real one. */
	readonly speed: number | undefined;
	readonly seed: number | undefined;
};

const defaultFixture = 'demo';

const usage = `The dashboard for Docker Swarm: nodes, services, tasks and logs on one screen.

Usage
  swarmtop [options]               the swarm of the current docker context
  swarmtop --demo [FIXTURE]        a simulated swarm, no engine needed
  swarmtop simulate ...            the simulated swarm alone, for any Engine client
  swarmtop get KIND [NAME...]      the lists as tables, JSON or YAML
  swarmtop logs TARGET...          merged logs, for pipes
  swarmtop config check|path|show  the configuration
  swarmtop completion SHELL        for bash, zsh and fish

Options
${connectionUsage}
      --read-only    change nothing: nothing but GET and HEAD leaves
      --audit FILE   append every finished action to FILE, one JSON object a line
      --demo FIXTURE a built-in fixture (demo, large, empty, ...) or a YAML file
      --speed N      simulated seconds in a real one (1)
      --seed N       the same seed, the same swarm
      --help, --version

Examples
  swarmtop -H ssh://me@manager
  swarmtop --context prod --read-only
  swarmtop --demo --speed 10

Exit status: 0 fine, 1 failed, 2 wrong use, 3 no engine or not a manager.`;

/** Prints and ends the process for --help, --version and flags that it doesn't know (status 2). */
export function readDashboardOptions(
	argv: readonly string[],
	version: string,
	importMeta: ImportMeta,
): Result<DashboardOptions, string> {
	const {flags, input} = meow(usage, {
		importMeta,
		argv: [...argv],
		version,
		description: false,
		allowUnknownFlags: false,
		flags: {
			host: {type: 'string', shortFlag: 'H'},
			context: {type: 'string', shortFlag: 'c'},
			tls: {type: 'boolean'},
			tlsverify: {type: 'boolean'},
			tlscacert: {type: 'string'},
			tlscert: {type: 'string'},
			tlskey: {type: 'string'},
			readOnly: {type: 'boolean'},
			audit: {type: 'string'},
			demo: {type: 'string'},
			speed: {type: 'number'},
			seed: {type: 'number'},
		},
		booleanDefault: undefined,
	});
	const [unknown] = input;
	if (unknown !== undefined)
		return failed(`"${unknown}" is no command: dashboard (none), simulate, get, logs, config, completion.`);
	if (flags.audit === '') return failed('--audit takes the name of a file.');
	const demo = readDemo(flags);
	if (!demo.ok) return demo;
	return ok({
		connection: toConnectionFlags(flags),
		isReadOnly: flags.readOnly ?? false,
		auditPath: flags.audit,
		demo: demo.value,
	});
}

function readDemo({
	demo,
	speed,
	seed,
	host,
	context,
}: {
	readonly demo?: string | undefined;
	readonly speed?: number | undefined;
	readonly seed?: number | undefined;
	readonly host?: string | undefined;
	readonly context?: string | undefined;
}): Result<DemoOptions | undefined, string> {
	if (speed !== undefined && !(speed > 0)) return failed('--speed takes a number above 0.');
	if (seed !== undefined && !Number.isInteger(seed)) return failed('--seed takes a whole number.');
	if (demo === undefined) {
		if (speed !== undefined || seed !== undefined) return failed('--speed and --seed belong to --demo.');
		return ok(undefined);
	}
	if (host !== undefined || context !== undefined)
		return failed('--demo shows a simulated swarm: no --host, no --context.');
	return ok({fixture: demo === '' ? defaultFixture : demo, speed, seed});
}
