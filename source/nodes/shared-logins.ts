import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {SshTransport} from '../connection/endpoint.ts';

const goodbyeMs = 2000;

/** A private folder in which the ssh connections of this program meet, one for each host; gone at the end with them. */
export class SharedLogins {
	#folder: string | undefined;

	/** The transport with the place where its connections are shared. */
	share(transport: SshTransport): SshTransport {
		if (this.#folder === undefined) {
			this.#folder = mkdtempSync(path.join(tmpdir(), 'swarmtop-ssh-'));
			process.once('exit', this.#end);
		}
		// %C is ssh's own hash of who goes where: short enough for a socket's path.
		return {...transport, sharedPath: path.join(this.#folder, '%C')};
	}

	close(): void {
		process.off('exit', this.#end);
		this.#end();
	}

	readonly #end = (): void => {
		if (this.#folder === undefined) return;
		for (const name of socketsIn(this.#folder)) {
			spawnSync('ssh', ['-o', `ControlPath=${path.join(this.#folder, name)}`, '-O', 'exit', 'shared'], {
				stdio: 'ignore',
				timeout: goodbyeMs,
			});
		}
		rmSync(this.#folder, {recursive: true, force: true});
		this.#folder = undefined;
	};
}

/** None where the folder is gone: something tidies up among temporary files. */
function socketsIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}
