/** `npm run docs`: writes the generated documents. */
import {writeFileSync} from 'node:fs';
import {docsFile, generated} from './generated.ts';

for (const [name, text] of Object.entries(generated)) writeFileSync(docsFile(name), text());
