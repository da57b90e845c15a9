import path from 'node:path';
import {controlSocketName, sendControl} from '../simulator/world/control-socket.ts';
import type {FaultOptions} from './simulate-options.ts';

/** `swarmtop simulate fault`: the exit status, and the sentence to print when it is not 0. */
export async function simulateFault({words, sockets}: FaultOptions): Promise<{status: number; problem?: string}> {
	try {
		const answer = await sendControl(path.join(sockets, controlSocketName), words);
		return answer.ok ? {status: 0} : {status: 2, problem: answer.message};
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? '';
		if (!['ENOENT', 'ECONNREFUSED', 'EACCES', 'ENOTDIR', 'EINVAL'].includes(code)) throw error;
		const reason = code === 'EACCES' ? 'may not be reached by you' : 'does not run';
		return {status: 1, problem: `A simulator with its sockets in ${sockets} ${reason}.`};
	}
}
