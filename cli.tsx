const [command, ...rest] = process.argv.slice(2);
if (command === 'simulate') {
	const {simulate} = await import('./source/commands/simulate.ts');
	const interrupted = () =>
		new Promise<void>((resolve) => {
			for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
		});
	const line = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);
	process.exitCode = await simulate(rest, {out: line(process.stdout), err: line(process.stderr), interrupted});
} else {
	process.stdout.write('swarmtop\n');
}
