import {ok} from '../../runtime/result.ts';
import {wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState, NodeEntity} from '../model.ts';
import {type Action, type Verdict, verdict, type Watched} from './action.ts';
import {certificates} from './swarm-messages.ts';
import {type SwarmSubject, swarmIn, updateSwarm} from './swarm-subject.ts';

export type RotateCaIntent = {readonly action: 'swarm.rotate-ca'} & SwarmSubject;

/** Replaces the swarm's root certificate, and with it that of every node. */
export const swarmRotateCa: Action<RotateCaIntent, never> = {
	verb: () => 'Rotate',
	plan(_, state) {
		const {title} = certificates;
		if (swarmIn(state)?.RootRotationInProgress) return {title, refusal: certificates.underWay};
		const down = [...state.nodes.values()].filter((node) => node.state === 'down').map(({name}) => name);
		return {
			title,
			lines: [
				certificates.newRoot,
				certificates.tokensChange,
				...(down.length > 0 ? [certificates.waitsFor(down)] : []),
			],
			consent: {kind: 'dialog'},
		};
	},
	command: () => wholeCommand('docker', 'swarm', 'ca', '--rotate'),
	send: (_, {client}) =>
		updateSwarm(client, {
			// The engine makes another root whenever this number grows.
			change: (spec) => ok({...spec, CAConfig: {...spec.CAConfig, ForceRotate: (spec.CAConfig.ForceRotate ?? 0) + 1}}),
		}),
	judge,
};

function judge({versionBefore}: Watched<RotateCaIntent>, state: ClusterState): Verdict {
	const swarm = swarmIn(state);
	const nodes = [...state.nodes.values()];
	const total = nodes.length;
	if (!swarm || swarm.Version.Index <= versionBefore)
		return verdict('running', 0, total, certificates.progress(0, total));
	if (!swarm.RootRotationInProgress) return verdict('converged', total, total, certificates.done);
	const issuer = swarm.TLSInfo.CertIssuerPublicKey;
	const open = nodes.filter((node) => issuerOf(node) !== issuer);
	const done = total - open.length;
	const isHeldUp = open.length > 0 && open.every((node) => node.state === 'down');
	return isHeldUp
		? verdict('stuck', done, total, certificates.waiting(open.map(({name}) => name)))
		: verdict('running', done, total, certificates.progress(done, total));
}

const issuerOf = ({raw}: NodeEntity): string | undefined => raw.Description.TLSInfo?.CertIssuerPublicKey;
