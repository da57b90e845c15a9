import {planCommand, verbCommands} from '../change/options.ts';
import {completionCommand} from '../completion-options.ts';
import {configCommand} from '../config-options.ts';
import {dashboardCommand} from '../dashboard-options.ts';
import {doctorCommand} from '../doctor/options.ts';
import {execCommand} from '../exec-options.ts';
import {getCommand} from '../get-options.ts';
import {logsCommand} from '../logs-options.ts';
import {redeployCommand} from '../redeploy/options.ts';
import {simulateCommand} from '../simulate-options.ts';
import {stackCommand} from '../stack-options.ts';
import {topCommand} from '../top-options.ts';
import {waitCommand} from '../wait/options.ts';
import type {CommandDeclaration} from './declaration.ts';

/** Every command, in the order in which help and completions name them. */
export const commands: readonly CommandDeclaration[] = [
	dashboardCommand,
	getCommand,
	logsCommand,
	execCommand,
	topCommand,
	planCommand,
	...verbCommands,
	redeployCommand,
	waitCommand,
	doctorCommand,
	stackCommand,
	simulateCommand,
	configCommand,
	completionCommand,
];
