import type {ServiceEntity} from '../../cluster/model.ts';
import type {ChangeIo} from './io.ts';
import {nothingBefore, notRolledBack, rolledBack, rollsBack} from './messages.ts';
import type {ChangeOptions} from './options.ts';
import {type ChangeSession, until} from './session.ts';

/** After a failure: services go back to the settings they had, where there are any. */

type RolledBack = {
	readonly done: readonly string[];
	readonly failed: readonly string[];
	readonly impossible: readonly string[];
};

/**
 * Services whose rules for updates roll them back by themselves are only waited for.
 * @param services that this run has changed
 */
export async function rollBack(
	services: readonly ServiceEntity[],
	session: ChangeSession,
	{timeoutMs, format}: Pick<ChangeOptions, 'timeoutMs' | 'format'>,
	io: ChangeIo,
): Promise<RolledBack> {
	const {actions, store, clock} = session;
	const say = (text: string): void => {
		if (format !== 'json') io.err(`swarmtop: ${text}`);
	};
	const impossible = services.filter((service) => !service.hasPreviousSpec && !isOnItsWay(service)).map(nameOf);
	const wanted = services.filter((service) => service.hasPreviousSpec || isOnItsWay(service));
	if (impossible.length > 0) say(nothingBefore(impossible));
	if (wanted.length === 0) return {done: [], failed: [], impossible};
	say(rollsBack(wanted.map(nameOf)));
	const ids = new Map<string, number>();
	for (const service of wanted) {
		if (isOnItsWay(service)) continue;
		ids.set(service.id, actions.act(actions.plan({action: 'service.rollback', serviceId: service.id})));
	}
	/** Undefined while it is under way. */
	const ending = ({id}: ServiceEntity): 'back' | 'stuck' | undefined => {
		const update = store.getState().services.get(id)?.update?.state;
		const progress = actions.progress().find((each) => each.id === ids.get(id));
		if (progress ? progress.state === 'done' : update === 'rollback_completed') return 'back';
		return (progress ? progress.finishedAt !== undefined : update === 'rollback_paused') ? 'stuck' : undefined;
	};
	const both = {
		subscribe(listener: () => void) {
			const ends = [store.subscribe(listener), actions.subscribe(listener)];
			return () => {
				for (const end of ends) end();
			};
		},
	};
	await until(clock, timeoutMs, both, () => wanted.every((service) => ending(service) !== undefined), io.interrupted);
	const isBack = (service: ServiceEntity): boolean => ending(service) === 'back';
	const done = wanted.filter(isBack).map(nameOf);
	const failed = wanted.filter((service) => !isBack(service)).map(nameOf);
	if (done.length > 0) say(rolledBack(done));
	if (failed.length > 0) say(notRolledBack(failed));
	return {done, failed, impossible};
}

const nameOf = ({name}: ServiceEntity): string => name;

/** Its rules for updates say so. */
const isOnItsWay = ({update}: ServiceEntity): boolean =>
	update?.state === 'rollback_started' || update?.state === 'rollback_completed';
