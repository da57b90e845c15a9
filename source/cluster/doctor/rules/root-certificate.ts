import {X509Certificate} from 'node:crypto';
import {duration} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {type Rule, theSwarm} from '../rule.ts';

const dayMs = 24 * 3_600_000;
const soonMs = 180 * dayMs;
const verySoonMs = 30 * dayMs;

export const rootCertificate: Rule = {
	id: 'root-certificate',
	area: 'managers',
	severity: 'warning',
	title: 'the swarm’s root certificate ends soon, or its rotation does not',
	why: 'When it has ended, no node can talk to a manager any more; while it is rotated, old and new are both trusted.',
	find({swarm, now}) {
		if (!swarm) return [];
		const rotate = toSafeText('docker swarm ca --rotate');
		if (swarm.RootRotationInProgress) {
			const evidence = toSafeText('a rotation is under way: it waits for nodes that are down');
			return [{on: theSwarm, evidence, remedy: toSafeText('start those nodes, or docker node rm them')}];
		}
		const endsAt = endOf(swarm.TLSInfo.TrustRoot);
		if (endsAt === undefined || endsAt - now > soonMs) return [];
		const evidence = endsAt <= now ? toSafeText('it has ended') : safe`it ends in ${duration(endsAt - now)}`;
		const isDangerous = endsAt - now <= verySoonMs;
		return [{on: theSwarm, evidence, remedy: rotate, ...(isDangerous && {severity: 'danger' as const})}];
	},
};

/** Milliseconds since the epoch; undefined for what is no certificate. */
function endOf(pem: string | undefined): number | undefined {
	if (!pem?.includes('BEGIN CERTIFICATE')) return undefined;
	try {
		const endsAt = Date.parse(new X509Certificate(pem).validTo);
		return Number.isNaN(endsAt) ? undefined : endsAt;
	} catch {
		// Nothing says when a text ends that is no certificate.
		return undefined;
	}
}
