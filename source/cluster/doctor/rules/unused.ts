/** What secrets and configs that nobody uses have in common. */
import {age} from '../../../text/format.ts';
import {safe} from '../../../text/safe-text.ts';
import {removeThing} from '../commands.ts';
import {type Found, type Subject, theThing} from '../rule.ts';

/** What was made a moment ago is about to be used. */
const newMs = 10 * 60_000;

type Thing = {readonly id: string; readonly name: Found['evidence']; readonly labels: Found['on']['labels']};

/** Those that no service uses, and that are not about to be used. */
export function unused(
	kind: 'secret' | 'config',
	things: Iterable<Thing & {readonly services: readonly unknown[]; readonly createdAt: number}>,
	now: number,
): Found[] {
	return [...things]
		.filter(({services, createdAt}) => services.length === 0 && now - createdAt > newMs)
		.map((thing) => ({
			on: theThing(kind, thing),
			evidence: safe`no service uses it; it is ${age(now - thing.createdAt)} old`,
			remedy: removeThing(kind, thing),
		}));
}

/** Where a proxy keeps the services from us, nobody uses anything. */
export const knowsServices = ({state}: Subject): boolean => state.freshness.services.refused === undefined;
