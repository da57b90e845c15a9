import {safe, toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {containerOf, serviceRule} from '../service-rules.ts';

export const dockerSocket = serviceRule({
	id: 'docker-socket',
	severity: 'warning',
	title: 'the engine’s socket is mounted',
	why: 'Who breaks into that container is root on the node; on a manager, on the whole swarm.',
	check(service, {state}) {
		const mount = (containerOf(service).Mounts ?? []).find(
			({Type, Source}) => (Type === 'bind' || Type === 'npipe') && /docker(\.sock|_engine)$/.test(Source ?? ''),
		);
		if (!mount) return undefined;
		const readOnly = toSafeText(mount.ReadOnly ? ', read-only, which changes nothing' : '');
		return {
			evidence: safe`${toSafeText(mount.Source ?? '')}${readOnly}`,
			remedy: safe`put a proxy in between that lets only reads through; ${updateService('--mount-rm TARGET', service, state)}`,
		};
	},
});
