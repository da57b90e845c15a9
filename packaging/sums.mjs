import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** SHA256SUMS of all that belongs to a version in a folder, as sha256sum -c reads it. */
export function writeSums(folder, version) {
	const names = readdirSync(folder).filter((file) => /^swarmtop[-_]/.test(file) && file.includes(version));
	const sums = names.toSorted().map((file) => {
		const sum = createHash('sha256').update(readFileSync(path.join(folder, file)));
		return `${sum.digest('hex')}  ${file}\n`;
	});
	writeFileSync(path.join(folder, 'SHA256SUMS'), sums.join(''));
}
