import type {PortConfig} from '../wire/task.ts';

type Range = {
	readonly protocol: string;
	readonly published: number;
	readonly target: number;
	publishedEnd: number;
	targetEnd: number;
};

/** Ports that the ingress network publishes, neighbours as one: `*:8000-8002->80-82/tcp, *:53->53/udp`. */
export function publishedRanges(ports: readonly PortConfig[]): string {
	const ranges: Range[] = [];
	for (const {PublishedPort: published = 0, TargetPort: target = 0, Protocol: protocol = 'tcp', PublishMode} of sorted(
		ports,
	)) {
		if (PublishMode === 'host') continue;
		const last = ranges.at(-1);
		if (last && last.protocol === protocol && continues(last, published, target)) {
			last.publishedEnd = published;
			last.targetEnd = target;
		} else ranges.push({protocol, published, target, publishedEnd: published, targetEnd: target});
	}
	return ranges
		.filter(({published}) => published > 0)
		.map(
			(range) =>
				`*:${fromTo(range.published, range.publishedEnd)}->${fromTo(range.target, range.targetEnd)}/${range.protocol}`,
		)
		.join(', ');
}

/** One target may stand behind several ports; a range of targets goes on upwards alone. */
function continues({target, publishedEnd, targetEnd}: Range, published: number, nextTarget: number): boolean {
	const isNeighbour = (end: number, next: number): boolean => next === end || next === end + 1;
	if (!isNeighbour(publishedEnd, published) || !isNeighbour(targetEnd, nextTarget)) return false;
	return target === targetEnd || nextTarget > targetEnd;
}

const fromTo = (from: number, to: number): string => (to > from ? `${from}-${to}` : String(from));

const sorted = (ports: readonly PortConfig[]): readonly PortConfig[] =>
	ports.toSorted((a, b) => {
		const [first = 'tcp', second = 'tcp'] = [a.Protocol, b.Protocol];
		return first === second ? (a.PublishedPort ?? 0) - (b.PublishedPort ?? 0) : first < second ? -1 : 1;
	});
