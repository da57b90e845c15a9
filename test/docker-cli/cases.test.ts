import {mkdtempSync, readFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {type Answer, askCli, cliVersion} from '../cases/ask-cli.ts';
import {listCases} from '../cases/cases.ts';

/** The recorded answers that swarmtop's reader is held to are still what the docker CLI of this machine says. */

const recorded = JSON.parse(readFileSync(new URL('../cases/recorded.json', import.meta.url), 'utf8')) as Record<
	string,
	Answer
>;

const version = (await cliVersion()) ?? 0;
const cases = listCases(mkdtempSync(path.join(os.tmpdir(), 'stack-cases-')));

describe.skipIf(version < 28)('the docker CLI (28 or newer), asked about the stack files', () => {
	it('says of each what was recorded', {timeout: 1_200_000}, async () => {
		const answers = await askCli(cases);
		// What it refuses for several reasons it refuses for any of them.
		const comparable = (answer: Answer | undefined) =>
			JSON.stringify(answer && 'refused' in answer ? 'refused' : answer);
		const differing = cases.filter(({name}) => comparable(answers.get(name)) !== comparable(recorded[name]));
		expect(Object.fromEntries(differing.map(({name}) => [name, answers.get(name)]))).toEqual(
			Object.fromEntries(differing.map(({name}) => [name, recorded[name]])),
		);
	});
});
