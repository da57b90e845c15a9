import packageJson from './package.json' with {type: 'json'};
import {routeOf} from './source/commands/command-line/route.ts';
import {runWhole} from './source/commands/command-run.ts';

/** The entry: picks a command and imports only what that one needs. */

const {command, argv} = routeOf(process.argv.slice(2));

const status = await runWhole(process, async () => {
	switch (command) {
		case 'simulate': {
			const {runSimulate} = await import('./source/commands/simulate.ts');
			return runSimulate(argv);
		}
		case 'logs': {
			const {runLogs} = await import('./source/commands/logs.ts');
			return runLogs(argv);
		}
		case 'redeploy': {
			const {runRedeploy} = await import('./source/commands/redeploy/redeploy.ts');
			return runRedeploy(argv);
		}
		case 'stack': {
			const {runStack} = await import('./source/commands/stack.ts');
			return runStack(argv);
		}
		case 'exec': {
			const {runExecCommand} = await import('./source/commands/exec.ts');
			return runExecCommand(argv);
		}
		case 'top': {
			const {runTop} = await import('./source/commands/top.ts');
			return runTop(argv);
		}
		case 'get': {
			const {runGet} = await import('./source/commands/get.ts');
			return runGet(argv);
		}
		case 'plan': {
			const {runPlan} = await import('./source/commands/change/change.ts');
			return runPlan(argv);
		}
		case 'deploy':
		case 'scale':
		case 'update':
		case 'restart':
		case 'rollback':
		case 'drain':
		case 'pause':
		case 'activate':
		case 'promote':
		case 'demote':
		case 'remove': {
			const {runVerb} = await import('./source/commands/change/change.ts');
			return runVerb(command, argv);
		}
		case 'wait': {
			const {runWait} = await import('./source/commands/wait/wait.ts');
			return runWait(argv);
		}
		case 'doctor': {
			const {runDoctor} = await import('./source/commands/doctor/doctor.ts');
			return runDoctor(argv);
		}
		case 'config': {
			const {runConfig} = await import('./source/commands/config.ts');
			return runConfig(argv);
		}
		case 'completion': {
			const {runCompletion} = await import('./source/commands/completion.ts');
			return runCompletion(argv);
		}
		case undefined: {
			// Before anything is imported, which takes a while: whoever waits sees within a blink that something happens.
			const isAsking = argv.some((word) => ['--help', '-h', '--version', '-v'].includes(word));
			const isDumb = ['', 'dumb'].includes(process.env['TERM'] ?? '');
			if (process.stdout.isTTY && process.stdin.isTTY && !isAsking && !isDumb)
				process.stdout.write('swarmtop: connecting…');
			const {runDashboard} = await import('./source/commands/dashboard.ts');
			return runDashboard(argv, packageJson.version);
		}
	}
});

process.exitCode = status;
// What is typed meanwhile must not keep the shell waiting.
if (command === 'exec') process.stdin.destroy();
// An action that is still being watched must not, either: all else has been closed by then.
if (command === undefined) process.exit(status);
