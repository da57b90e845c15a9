import {safe, toSafeText} from '../../../text/safe-text.ts';
import {few, updateService} from '../commands.ts';
import {containerOf, serviceRule} from '../service-rules.ts';

/** Each of them is a way out of the container, or to what other containers do. */
const mighty = [
	'ALL',
	'SYS_ADMIN',
	'SYS_MODULE',
	'SYS_PTRACE',
	'SYS_RAWIO',
	'DAC_READ_SEARCH',
	'NET_ADMIN',
	'BPF',
	'SYS_BOOT',
];

export const privileged = serviceRule({
	id: 'privileged',
	severity: 'warning',
	title: 'capabilities that reach beyond the container',
	why: 'A fault in that program is a fault of the whole node.',
	check(service, {state}) {
		const added = (containerOf(service).CapabilityAdd ?? []).map((each) => each.toUpperCase().replace(/^CAP_/, ''));
		const held = added.filter((each) => mighty.includes(each));
		if (held.length === 0) return undefined;
		return {
			evidence: safe`it may do ${few(held.map(toSafeText))}`,
			remedy: updateService(toSafeText(held.map((each) => `--cap-drop ${each}`).join(' ')), service, state),
		};
	},
});
