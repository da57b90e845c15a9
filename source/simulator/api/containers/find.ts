import type {Container} from '../../contract.ts';
import {type Call, param} from '../call.ts';
import {notFound} from '../refusal.ts';

/** The container that the path names. @throws Refused 404 */
export function containerOf(call: Call): Container {
	const reference = param(call, 'id');
	const container = call.host.containers.find(reference);
	if (!container) throw notFound(`No such container: ${reference}`);
	return container;
}
