import {toSafeText} from '../../../text/safe-text.ts';
import {type Rule, theSwarm} from '../rule.ts';

export const autolockOff: Rule = {
	id: 'autolock-off',
	area: 'managers',
	severity: 'note',
	title: 'managers are not locked when they start',
	why: 'Who gets hold of a manager’s disk can read every secret of the swarm.',
	find({swarm}) {
		if (!swarm || swarm.Spec.EncryptionConfig.AutoLockManagers) return [];
		return [
			{
				on: theSwarm,
				evidence: toSafeText('autolock is off'),
				remedy: toSafeText('docker swarm update --autolock=true, and keep the key that it prints'),
			},
		];
	},
};
