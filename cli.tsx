import packageJson from './package.json' with {type: 'json'};
import {routeOf} from './source/commands/command-line/route.ts';

/** The entry: picks a command and imports only what that one needs. */

const oldestNode = 22;
if (Number(process.versions.node.split('.')[0]) < oldestNode) {
	process.stderr.write(
		`swarmtop: Node ${process.versions.node} is too old: swarmtop needs Node ${oldestNode} or newer.\n`,
	);
	process.exit(1);
}

const {command, argv} = routeOf(process.argv.slice(2));

switch (command) {
	case 'simulate': {
		const {simulate} = await import('./source/commands/simulate.ts');
		const interrupted = () =>
			new Promise<void>((resolve) => {
				for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
			});
		const line = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);
		process.exitCode = await simulate(argv, {out: line(process.stdout), err: line(process.stderr), interrupted});
		break;
	}
	case 'logs': {
		const {runLogs} = await import('./source/commands/logs.ts');
		process.exitCode = await runLogs(argv);
		break;
	}
	case 'exec': {
		const {runExecCommand} = await import('./source/commands/exec.ts');
		process.exitCode = await runExecCommand(argv);
		// What is typed meanwhile must not keep the shell waiting.
		process.stdin.destroy();
		break;
	}
	case 'get': {
		const {runGet} = await import('./source/commands/get.ts');
		process.exitCode = await runGet(argv);
		break;
	}
	case 'deploy': {
		const {runDeploy} = await import('./source/commands/deploy.ts');
		process.exitCode = await runDeploy(argv);
		break;
	}
	case 'plan': {
		const {runPlan} = await import('./source/commands/deploy.ts');
		process.exitCode = await runPlan(argv);
		break;
	}
	case 'config': {
		const {runConfig} = await import('./source/commands/config.ts');
		process.exitCode = await runConfig(argv);
		break;
	}
	case 'completion': {
		const {runCompletion} = await import('./source/commands/completion.ts');
		process.exitCode = runCompletion(argv);
		break;
	}
	case undefined: {
		// Before anything is imported, which takes a while: whoever waits sees within a blink that something happens.
		const isAsking = argv.some((word) => ['--help', '-h', '--version', '-v'].includes(word));
		if (process.stdout.isTTY && process.stdin.isTTY && !isAsking) process.stdout.write('swarmtop: connecting…');
		const {runDashboard} = await import('./source/commands/dashboard.ts');
		// An action that is still being watched must not keep the shell waiting: all else has been closed by then.
		process.exit(await runDashboard(argv, packageJson.version));
	}
}
