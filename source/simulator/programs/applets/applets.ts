import type {Program} from '../shell/routine.ts';
import {fileApplets} from './files.ts';
import {networkApplets} from './network.ts';
import {printingApplets} from './printing.ts';
import {systemApplets} from './system.ts';
import {testApplets} from './test.ts';
import {textApplets} from './text.ts';

/** The small programs that every image with a shell has, as far as services, health checks and `docker exec` use them. */
export const applets: Readonly<Record<string, Program>> = {
	...fileApplets,
	...networkApplets,
	...printingApplets,
	...systemApplets,
	...testApplets,
	...textApplets,
};
