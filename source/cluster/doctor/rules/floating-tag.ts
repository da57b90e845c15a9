import {safe} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {containerOf, serviceRule} from '../service-rules.ts';

export const floatingTag = serviceRule({
	id: 'floating-tag',
	severity: 'warning',
	title: 'an image without a tag, or with `latest`',
	why: 'Nobody knows which version runs, and a rollback or a new node may bring another.',
	check(service, {state}) {
		const name = (containerOf(service).Image ?? '').split('@')[0] ?? '';
		const tag = /:([^/:]+)$/.exec(name)?.[1];
		if (name === '' || (tag !== undefined && tag !== 'latest')) return undefined;
		return {
			evidence: safe`its image is ${service.image}`,
			remedy: updateService('--image NAME:VERSION', service, state),
		};
	},
});
