import {failed, ok, type Result} from '../runtime/result.ts';
import type {PortConfig, PortProtocol} from '../wire/task.ts';

/** `8080:80`, `80`, `3000-3005`, `9090-9091:8080-8081/udp`, `127.0.0.1:80:80` (a swarm has no use for the host's IP). */
export function parsePorts(text: string): Result<PortConfig[], string> {
	const match = /^(?:(?:\[[^\]]*\]|\d+(?:\.\d+){3}):)?(?:(\d+)(?:-(\d+))?:)?(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(
		text.trim(),
	);
	const protocol = (match?.[5] ?? 'tcp').toLowerCase();
	if (!match || !isProtocol(protocol)) return failed(`"${text}" is no port: write 80, 8080:80 or 8080:80/udp`);
	const [, from, fromEnd, to, toEnd] = match;
	const target = range(to, toEnd);
	const published = range(from, fromEnd);
	if (!isPortRange(target) || !isPortRange(published)) return failed(`"${text}" names a port above 65535`);
	if (published.length > 0 && published.length !== target.length && target.length !== 1) {
		return failed(`"${text}" publishes ${published.length} ports for ${target.length}`);
	}
	const count = Math.max(target.length, published.length === target.length ? published.length : 1);
	return ok(
		Array.from({length: count}, (_, i) => ({
			Protocol: protocol,
			TargetPort: target[i] ?? target[0] ?? 0,
			...(published[i] === undefined ? {} : {PublishedPort: published[i]}),
			PublishMode: 'ingress' as const,
		})),
	);
}

const isProtocol = (text: string): text is PortProtocol => text === 'tcp' || text === 'udp' || text === 'sctp';

const isPortRange = (ports: readonly number[]): boolean => ports.every((port) => port <= 65535);

function range(from: string | undefined, to: string | undefined): number[] {
	if (from === undefined) return [];
	const first = Number(from);
	return Array.from({length: Math.max(0, Number(to ?? from) - first + 1)}, (_, i) => first + i);
}
