import {readFile, stat} from 'node:fs/promises';

/** Whose socket it is: names where the system knows them, else numbers. */
type SocketOwner = {readonly user: string; readonly group: string};

/** Owner and group of a socket file, or undefined when the file can't be seen. */
export async function socketOwner(path: string): Promise<SocketOwner | undefined> {
	const stats = await stat(path).catch(() => undefined);
	if (!stats) return undefined;
	const [user, group] = await Promise.all([nameOf('/etc/passwd', stats.uid), nameOf('/etc/group', stats.gid)]);
	return {user, group};
}

/** The name in the first column of the line whose third column is the ID. */
async function nameOf(file: string, id: number): Promise<string> {
	const text = await readFile(file, 'utf8').catch(() => '');
	const line = text.split('\n').find((each) => each.split(':')[2] === String(id));
	return line?.split(':')[0] ?? String(id);
}
