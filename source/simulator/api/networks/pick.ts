import type {Network} from '../../../wire/network.ts';
import {badRequest, Refused} from '../refusal.ts';

/**
 * By ID, else by name, else by the beginning of an ID.
 * @throws Refused 404, or 400 with the words that each purpose has for more than one
 */
export function pick(networks: readonly Network[], reference: string, purpose: 'inspect' | 'remove'): Network {
	const exact = networks.find(({Id}) => Id === reference);
	if (exact) return exact;
	const tries = [
		{how: 'name', found: networks.filter(({Name}) => Name === reference)},
		{how: 'ID prefix', found: networks.filter(({Id}) => Id.startsWith(reference))},
	];
	for (const {how, found} of tries) {
		const [only] = found;
		if (!only) continue;
		if (found.length === 1) return only;
		throw badRequest(
			purpose === 'inspect'
				? `${found.length} matches found based on ${how}: network ${reference} is ambiguous`
				: `network ${reference} is ambiguous (${found.length} matches found based on ${how})`,
		);
	}
	throw new Refused(404, `network ${reference} not found`);
}
