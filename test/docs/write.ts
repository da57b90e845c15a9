/** `npm run docs`: writes the generated documents. */
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {docsFile, generated} from './generated.ts';

for (const [name, text] of Object.entries(generated)) {
	mkdirSync(path.dirname(docsFile(name)), {recursive: true});
	writeFileSync(docsFile(name), text());
}
