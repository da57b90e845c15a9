import type {Mount} from '../../../wire/task.ts';
import type {Container} from '../../contract.ts';

/** Where this engine would keep the data of a volume. */
export const volumeDirectory = (name: string): string => `/var/lib/docker/volumes/${name}/_data`;

export const mountsOf = ({mounts}: Container): readonly Mount[] => mounts;

/** A container's mounts as its inspection and its row in a list show them. */
export function renderMounts(container: Container): Record<string, unknown>[] {
	return mountsOf(container).map(
		({Type: type = 'bind', Source: source = '', Target: target = '', ReadOnly, BindOptions}) => {
			const rest = {Mode: type === 'volume' ? 'z' : '', RW: !ReadOnly};
			if (type === 'volume') {
				return {
					Type: type,
					Name: source,
					Source: volumeDirectory(source),
					Destination: target,
					Driver: 'local',
					...rest,
					Propagation: '',
				};
			}
			const propagation = type === 'bind' ? (BindOptions?.Propagation ?? 'rprivate') : '';
			return {Type: type, Source: source, Destination: target, ...rest, Propagation: propagation};
		},
	);
}
