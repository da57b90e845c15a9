import {safe} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {containerOf, serviceRule} from '../service-rules.ts';

export const noDigest = serviceRule({
	id: 'no-digest',
	severity: 'note',
	title: 'an image that is not pinned to its digest',
	why: 'Nodes that pull it at different times may run different programs under the same name.',
	check(service, {state}) {
		const {Image: image = ''} = containerOf(service);
		if (image === '' || image.includes('@sha256:')) return undefined;
		return {
			evidence: safe`${service.image} has no digest: no registry was asked, or none answered`,
			remedy: updateService(`--image ${plain(image)}`, service, state),
		};
	},
});

/** Docker asks the registry when it gets the name of an image. */
const plain = (image: string): string => (/^[\w./:-]+$/.test(image) ? image : 'NAME:VERSION');
