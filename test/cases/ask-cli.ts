/** What the docker CLI makes of a case. */
import {execFile} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import type {Case} from './cases.ts';
import {shell} from './cases.ts';
import {type Post, startRecordingEngine} from './recording-engine.ts';

export type Answer =
	/** The reason, in docker's words. */
	{readonly refused: string} | {readonly posts: readonly Post[]; readonly warnings: string};

const run = promisify(execFile);

/** The version of the docker CLI on PATH: `28.2`; nothing without one. */
export async function cliVersion(): Promise<number | undefined> {
	try {
		const {stdout} = await run('docker', ['--version']);
		return Number(/(\d+\.\d+)/.exec(stdout)?.[1]);
	} catch {
		return undefined;
	}
}

/** Asks the CLI about each case, two at a time. */
export async function askCli(cases: readonly Case[]): Promise<Map<string, Answer>> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'stack-cases-'));
	const answers = new Map<string, Answer>();
	const waiting = [...cases];
	const work = async (worker: number) => {
		const engine = await startRecordingEngine(path.join(folder, `engine-${worker}.sock`));
		for (let each = waiting.shift(); each; each = waiting.shift()) {
			answers.set(each.name, comparable(await ask(each, engine.socket, folder, engine.take), each.directory));
		}
		await engine.close();
	};
	await Promise.all([work(1), work(2)]);
	return new Map(cases.map(({name}) => [name, answers.get(name) ?? {refused: 'not asked'}]));
}

async function ask({directory, files}: Case, socket: string, config: string, take: () => Post[]): Promise<Answer> {
	const args = ['-H', `unix://${socket}`, 'stack', 'deploy', '--detach=true', '--resolve-image', 'never'];
	const env = {...shell, PATH: process.env['PATH'] ?? '', DOCKER_CONFIG: config};
	try {
		const {stderr} = await run('docker', [...args, ...files.flatMap((file) => ['-c', file]), 'st'], {
			cwd: directory,
			env,
		});
		return {posts: take(), warnings: warningsOf(stderr)};
	} catch (error) {
		take();
		const {stderr = ''} = error as {stderr?: string};
		const reason = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('time='));
		return {refused: reason.join(' ').slice(0, 300)};
	}
}

/** The words alone, without logrus' frame, in one line. */
function warningsOf(stderr: string): string {
	const lines = stderr.split('\n').map((line) => {
		const framed = /^time=\S+ level=warning msg=(".*"|\S+)$/.exec(line)?.[1];
		return framed?.startsWith('"') ? String(JSON.parse(framed)) : (framed ?? line);
	});
	return lines.join(' ').replaceAll(/\s+/g, ' ').trim();
}

/** What differs from run to run is made the same: the folder, and the order in which Go walks through a map. */
function comparable(answer: Answer, directory: string): Answer {
	let above = directory;
	let text = JSON.stringify(answer).replaceAll(directory, '/stacks');
	for (let levels = 0; levels < 3; levels++) {
		above = path.dirname(above);
		text = text.replaceAll(`${above}/`, '/');
	}
	const settled = JSON.parse(text) as Answer;
	if ('refused' in settled) return settled;
	const posts = settled.posts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
	return {...settled, posts: posts.map(({kind, body}) => ({kind, body: settle(body)}))};
}

const keyOf = ({kind, body}: Post): string => `${kind} ${String(body['Name'])}`;

/** References to one and the same secret come in any order from docker; those to others are sorted. */
function settle(body: Record<string, unknown>): Record<string, unknown> {
	return JSON.parse(JSON.stringify(body), (key, value: unknown) => {
		// The engine takes both for no options.
		if (key === 'Options' && value !== null && Object.keys(value as object).length === 0) return null;
		if ((key === 'Secrets' || key === 'Configs') && Array.isArray(value)) {
			const key = (each: Record<string, unknown>) =>
				`${String(each['SecretName'] ?? each['ConfigName'])} ${JSON.stringify(each['File'])}`;
			return value.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)) as unknown;
		}
		return value;
	}) as Record<string, unknown>;
}
