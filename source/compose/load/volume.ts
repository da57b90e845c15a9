import {failed, ok, type Result} from '../../runtime/result.ts';
import type {ServiceVolume} from '../model.ts';

/** A service's volume in its short form, for any platform (docker/cli cli/compose/loader/volume.go). */

const propagations = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/** `/data`, `data:/data`, `./x:/x:ro,rslave`, `C:\data:C:\data`; options that nobody knows are passed over, as docker does. */
export function parseVolume(text: string): Result<ServiceVolume, string> {
	if (text === '') return failed('an empty text is no volume');
	const parts = Buffer.byteLength(text) <= 2 ? [text] : splitAtColons(text);
	if (parts.includes('')) return failed(`"${text}" has nothing between its colons`);
	if (parts.length > 3) return failed(`"${text}" has too many colons: write SOURCE:TARGET[:OPTIONS]`);
	const isAnonymous = parts.length === 1;
	const source = isAnonymous ? '' : (parts[0] ?? '');
	let volume: ServiceVolume = {
		type: !isAnonymous && isFilePath(source) ? 'bind' : 'volume',
		source,
		target: (isAnonymous ? parts[0] : parts[1]) ?? '',
		isReadOnly: false,
		consistency: '',
	};
	for (const option of (parts[2] ?? '').split(',')) {
		if (option === 'ro' || option === 'rw') volume = {...volume, isReadOnly: option === 'ro'};
		else if (option === 'nocopy') volume = {...volume, volume: {isNoCopy: true}};
		else if (propagations.includes(option)) volume = {...volume, bind: {propagation: option}};
	}
	return ok(volume);
}

/** A single letter before a colon is a drive of Windows. */
function splitAtColons(text: string): string[] {
	const parts: string[] = [];
	let part = '';
	for (const character of text) {
		if (character !== ':' || (/^\p{L}$/u.test(part) && [...part].length === 1)) part += character;
		else {
			parts.push(part);
			part = '';
		}
	}
	return [...parts, part];
}

function isFilePath(source: string): boolean {
	if (/^[./~]/.test(source) || source.startsWith('\\\\')) return true;
	return /^\p{L}:/u.test(source);
}

/** Whether a path is absolute on Windows: `C:\x`, `C:/x`, `\\server\share\x`. */
export function isWindowsAbsolute(path: string): boolean {
	return /^[A-Za-z]:[\\/]/.test(path) || /^[\\/]{2}[^\\/.][^\\/]*[\\/][^\\/.][^\\/]*[\\/]/.test(path);
}
