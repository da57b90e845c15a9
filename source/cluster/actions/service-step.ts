import {serviceWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import {replicasOf} from '../entities/service.ts';
import type {ClusterState} from '../model.ts';
import {scale} from './messages.ts';
import {serviceName} from './names.ts';
import {serviceAction} from './service-action.ts';
import {replicasPart, type ScaleIntent, scaleDraft, scaleOperand, withReplicas} from './service-scale.ts';

export type StepIntent = {readonly action: 'service.step'; readonly serviceId: string; readonly by: number};

/** Adds replicas, or takes some away; quick steps in a row come to one. */
export const serviceStep = serviceAction<StepIntent, ScaleIntent>({
	settles: 'replicas',
	verb: () => 'Scale',
	change: ({by}, spec) => withReplicas(spec, stepped(replicasOf(spec), by)),
	planFor: ({by}, service) => scaleDraft(service, stepped(service.replicas, by)),
	partOf: (_, service) => replicasPart(service),
	command(intent, state) {
		const {command, word} = operandOf(intent, state);
		return wholeCommand(...command, ...operands(word));
	},
	operand: (intent, state) => operandOf(intent, state),
	summary({serviceId, by}, state) {
		const now = state.services.get(serviceId)?.replicas;
		return scale.summary(serviceName(serviceId, state), now ?? 0, stepped(now, by));
	},
	stopsTasks: ({by}) => by < 0,
	merge: (first, {by}) => ({...first, by: first.by + by}),
	isVoid: ({by}) => by === 0,
	replicasAfter: ({by}, before) => stepped(before, by),
});

/** What +/- comes to: never below nothing. */
const stepped = (replicas = 0, by: number): number => Math.max(0, replicas + by);

function operandOf({serviceId, by}: StepIntent, state: ClusterState) {
	return scaleOperand(serviceWord(serviceId, state), stepped(state.services.get(serviceId)?.replicas, by));
}
