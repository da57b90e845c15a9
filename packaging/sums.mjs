import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** SHA256SUMS of all that belongs to a version in a folder, as sha256sum -c reads it. */
export function writeSums(folder, version) {
	// Not 0.1.10 for 0.1.1.
	const own = new RegExp(`^swarmtop[-_]${version.replaceAll('.', '\\.')}(?!\\d)`);
	const names = readdirSync(folder).filter((file) => own.test(file));
	const sums = names.toSorted().map((file) => {
		const sum = createHash('sha256').update(readFileSync(path.join(folder, file)));
		return `${sum.digest('hex')}  ${file}\n`;
	});
	writeFileSync(path.join(folder, 'SHA256SUMS'), sums.join(''));
}
