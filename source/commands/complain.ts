/** Says on standard error why a command does not do what it was asked for; gives the exit status back. */
export function complain(status: number, message: string): number {
	process.stderr.write(`swarmtop: ${message}\n`);
	return status;
}
