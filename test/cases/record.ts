/** Asks the docker CLI about every case and writes its answers down: `node test/cases/record.ts`. */
import {mkdtempSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {askCli} from './ask-cli.ts';
import {listCases} from './cases.ts';

const answers = await askCli(listCases(mkdtempSync(path.join(os.tmpdir(), 'stack-cases-'))));
const lines = [...answers].map(([name, answer]) => `${JSON.stringify(name)}: ${JSON.stringify(answer)}`);
writeFileSync(path.join(import.meta.dirname, 'recorded.json'), `{\n${lines.join(',\n')}\n}\n`);
process.stdout.write(`${answers.size} answers\n`);
