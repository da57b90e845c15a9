import {duration} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {type Rule, theSwarm} from '../rule.ts';

const nanosPerMs = 1e6;
/** Docker's own is 90 days. */
const longestMs = 366 * 24 * 3_600_000;

export const certificateLifetime: Rule = {
	id: 'certificate-lifetime',
	area: 'managers',
	severity: 'warning',
	title: 'certificates of the nodes that are not renewed within a year',
	why: 'A certificate that was stolen opens the swarm for as long as it holds.',
	find({swarm}) {
		const expiryMs = (swarm?.Spec.CAConfig.NodeCertExpiry ?? 0) / nanosPerMs;
		if (expiryMs <= longestMs) return [];
		return [
			{
				on: theSwarm,
				evidence: safe`a certificate holds for ${duration(expiryMs)}`,
				remedy: toSafeText('docker swarm update --cert-expiry 2160h'),
			},
		];
	},
};
