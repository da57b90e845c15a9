/**
 * Asks the docker CLI about the cases and writes its answers down: `node test/cases/record.ts [PART-OF-A-NAME…]`. With parts of names
 * only those cases are asked about, and what is known of the others stays.
 */
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type Answer, askCli} from './ask-cli.ts';
import {listCases} from './cases.ts';

const file = path.join(import.meta.dirname, 'recorded.json');
const parts = process.argv.slice(2);
const cases = listCases(mkdtempSync(path.join(os.tmpdir(), 'stack-cases-')));
const wanted = cases.filter(({name}) => parts.length === 0 || parts.some((part) => name.includes(part)));
const known = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Answer>;
const answers = await askCli(wanted);
const lines = cases.flatMap(({name}) => {
	const answer = answers.get(name) ?? known[name];
	return answer ? [`${JSON.stringify(name)}: ${JSON.stringify(answer)}`] : [];
});
writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
process.stdout.write(`${answers.size} answers\n`);
