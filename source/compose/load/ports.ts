import {isIP} from 'node:net';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {ServicePort} from '../model.ts';

/** Published ports in their short form (docker/go-connections nat). */

type Range = {readonly from: number; readonly to: number};

type PortSpec = {
	/** The host's address, which a swarm has no use for. */
	readonly ip: string;
	readonly published: Range | undefined;
	readonly target: Range;
	readonly protocol: string;
};

/** `80`, `8080:80`, `8000-8002:80`, `9090-9091:8080-8081/udp`, `127.0.0.1:80:80`, `[::1]:80:80`. */
export function parsePortSpec(text: string): Result<PortSpec, string> {
	const parts = text.split(':');
	const [container = ''] = parts.slice(-1);
	const [host = ''] = parts.length > 1 ? parts.slice(-2) : [];
	const address = parts.slice(0, -2).join(':');
	const [targetText = '', protocolText = ''] = container.split(/\/(.*)/s);
	const protocol = (protocolText || 'tcp').toLowerCase();
	if (targetText === '') return failed(`no port specified: ${text}`);
	if (!['tcp', 'udp', 'sctp'].includes(protocol)) return failed(`invalid proto: ${protocol}`);
	const ip = /^\[(.*)\]$/.exec(address)?.[1] ?? address;
	if (ip !== '' && isIP(ip) === 0) return failed(`invalid IP address: ${address}`);
	const target = parseRange(targetText);
	if (!target) return failed(`invalid containerPort: ${targetText}`);
	const published = host === '' ? undefined : parseRange(host);
	if (host !== '' && !published) return failed(`invalid hostPort: ${host}`);
	const isOneToOne = published === undefined || published.to - published.from === target.to - target.from;
	if (!isOneToOne && target.from !== target.to) {
		return failed(`invalid ranges specified for container and host Ports: ${targetText} and ${host}`);
	}
	return ok({ip, published, target, protocol});
}

function parseRange(text: string): Range | undefined {
	const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
	if (from === '' || Number(from) > 65535 || Number(to) > 65535 || Number(from) > Number(to)) return undefined;
	return {from: Number(from), to: Number(to)};
}

/** The ports that a text stands for; what a swarm can't do with it is said. */
export function parsePorts(
	text: string,
	warn: (warning: string) => void = () => undefined,
): Result<ServicePort[], string> {
	const spec = parsePortSpec(text);
	if (!spec.ok) return spec;
	const {ip, published, target, protocol} = spec.value;
	const isMany = target.from === target.to && published !== undefined;
	const ports: ServicePort[] = [];
	const targets = Array.from({length: target.to - target.from + 1}, (_, i) => target.from + i);
	// Docker sorts them as texts, by which 10/tcp comes before 9/tcp.
	for (const each of targets.toSorted((a, b) => (`${a}/` < `${b}/` ? -1 : 1))) {
		const first = published === undefined ? 0 : published.from + each - target.from;
		const last = isMany ? published.to : first;
		if (ip !== '' && !/^[0.:]+$/.test(ip)) {
			const said = published === undefined ? '' : last === first ? String(first) : `${first}-${last}`;
			const shown = ip.includes(':') ? `[${ip}]` : ip;
			warn(`ignoring IP-address (${shown}:${said}:${each}/${protocol}) service will listen on '0.0.0.0'`);
		}
		for (let port = first; port <= last; port++) ports.push({mode: 'ingress', target: each, published: port, protocol});
	}
	return ok(ports);
}
