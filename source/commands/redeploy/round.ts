import type {ServiceEntity} from '../../cluster/model.ts';
import {type ResolvedImage, resolveImages} from '../../cluster/stack/images.ts';
import type {RegistryLogins} from '../../engine/registry-logins.ts';
import {duration} from '../../text/format.ts';
import {rememberBefore} from '../change/concerned.ts';
import type {ChangeIo} from '../change/io.ts';
import {rollBack} from '../change/roll-back.ts';
import {type ChangeSession, until} from '../change/session.ts';
import {digestOf, imageOf, labelled, tagOf, whyNot} from './candidates.ts';
import {endedBy, notReached, notYetPinned, triedBefore} from './messages.ts';
import type {RedeployOptions} from './options.ts';
import {noOutcomes, type Outcome, type RedeployEvent} from './report.ts';
import type {TriedDigests} from './tried.ts';

export type RoundOptions = {
	readonly session: ChangeSession;
	readonly logins: RegistryLogins;
	readonly tried: TriedDigests;
	readonly options: RedeployOptions;
	readonly io: ChangeIo;
	readonly tell: (event: RedeployEvent) => void;
	readonly isInterrupted: () => boolean;
};

type Counts = Record<Outcome, number>;

/** Asks for all images once, then updates what is newer, one service after another. */
export async function runRound(round: RoundOptions): Promise<Counts> {
	const {session, logins, options, tell} = round;
	const counts: Counts = {...noOutcomes};
	const services = labelled(session.store.getState().services.values(), options.labels);
	const say = (service: ServiceEntity, outcome: Outcome, rest: Partial<ServiceEvent> = {}): void => {
		counts[outcome] += 1;
		tell({type: 'service', service: service.name, image: tagOf(service), outcome, ...rest});
	};
	const asked = services.filter((service) => whyNot(service) === undefined).map(tagOf);
	const images = await resolveImages(asked, {client: session.client, logins, sendsLogin: true});
	for (const {id} of services) {
		if (round.isInterrupted()) break;
		// As it is by now: the one before may have taken minutes.
		const service = session.store.getState().services.get(id);
		if (!service) continue;
		const reason = whyNot(service);
		const image = images.get(tagOf(service));
		if (reason !== undefined || !image) say(service, 'skipped', {reason: reason ?? triedBefore});
		else await follow(service, image, round, say);
	}
	return counts;
}

type ServiceEvent = Extract<RedeployEvent, {type: 'service'}>;
type Say = (service: ServiceEntity, outcome: Outcome, rest?: Partial<ServiceEvent>) => void;

async function follow(service: ServiceEntity, found: ResolvedImage, round: RoundOptions, say: Say): Promise<void> {
	const {session, tried, options} = round;
	const from = digestOf(imageOf(service));
	const to = digestOf(found.image);
	if (to === undefined) return say(service, 'unknown', {from, reason: found.problem ?? ''});
	if (to === from) return say(service, 'current', {from, to});
	if (tried.has(service.id, to)) return say(service, 'skipped', {from, to, reason: triedBefore});
	const isNew = from === undefined ? {reason: notYetPinned} : {};
	if (options.isDryRun) return say(service, 'newer', {from, to, ...isNew});
	const {platforms, hasLogin} = found;
	const plan = session.actions.plan({
		action: 'service.image',
		serviceId: service.id,
		image: found.image,
		...(platforms && {platforms}),
		...(hasLogin && {sendsLogin: true}),
	});
	if (plan.refusal !== undefined) return say(service, 'failed', {from, to, reason: plan.refusal});
	const before = rememberBefore(session.store.getState());
	await tried.add(service.id, to);
	const problem = await carryOut(plan, service, round);
	if (problem === undefined) {
		await tried.remove(service.id, to);
		return say(service, 'updated', {from, to, ...isNew});
	}
	// What the engine refused, or could not be asked, says nothing of the image.
	const now = session.store.getState().services.get(service.id);
	if (now && !before.hasChanged(now)) {
		await tried.remove(service.id, to);
		return say(service, 'failed', {from, to, reason: problem});
	}
	// The engine has taken it, and nobody knows yet how it ends.
	if (round.isInterrupted()) return say(service, 'unknown', {from, to, reason: endedBy});
	say(service, 'failed', {from, to, reason: problem, rolledBack: await isBack(service, round)});
}

/** Why it has not come about; undefined where it has. */
async function carryOut(
	plan: Parameters<ChangeSession['actions']['act']>[0],
	{name}: ServiceEntity,
	{session, options, io, tell}: RoundOptions,
): Promise<string | undefined> {
	const {actions, clock} = session;
	const id = actions.act(plan);
	const progress = () => actions.progress().find((each) => each.id === id);
	let told = '';
	const look = (): boolean => {
		const now = progress();
		if (!now) return true;
		const {detail, done, total} = now;
		if (detail !== told && now.finishedAt === undefined) tell({type: 'progress', service: name, detail, done, total});
		told = detail;
		return now.finishedAt !== undefined;
	};
	const isOver = await until(clock, options.timeoutMs, actions, look, io.interrupted);
	const end = progress();
	if (!isOver) return `${notReached(duration(options.timeoutMs))}: ${end?.detail ?? ''}`;
	return end?.state === 'done' ? undefined : (end?.detail ?? '');
}

/** Waits for a rollback that its update settings ask for, or that we were told to make. */
async function isBack({id}: ServiceEntity, {session, options, io}: RoundOptions): Promise<boolean> {
	const {store, clock} = session;
	const now = (): ServiceEntity | undefined => store.getState().services.get(id);
	if (options.rollsBack) {
		const service = now();
		const back = service
			? await rollBack([service], session, {timeoutMs: options.timeoutMs, format: 'json'}, io)
			: undefined;
		return (back?.done.length ?? 0) > 0;
	}
	const isUnderWay = (): boolean => now()?.update?.state === 'rollback_started';
	await until(clock, options.timeoutMs, store, () => !isUnderWay(), io.interrupted);
	return now()?.update?.state === 'rollback_completed';
}
