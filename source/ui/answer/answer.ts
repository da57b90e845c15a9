/** What the pane below the lists answers about the selected service: its logs, why it is not as desired, its spec, its tasks. */
import type {ClusterState, ServiceEntity} from '../../cluster/model.ts';
import type {TextSource} from '../app/overlay.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {LogReader} from '../logs/log-reader.ts';
import type {LogsState} from '../logs/logs-state.ts';

const answerTabs = ['logs', 'why', 'spec', 'tasks'] as const;
export type AnswerTab = (typeof answerTabs)[number];

/** What a person has chosen; as long as nothing is chosen, the pane answers what the service lets one ask. */
export type AnswerState = {
	readonly chosen: AnswerTab | undefined;
	/** Of which target: another one is another question. */
	readonly of: string;
	/** The first line of a text that is shown. */
	readonly top: number;
};

export const noAnswer: AnswerState = {chosen: undefined, of: '', top: 0};

/** A text in the place of the logs, or the logs. */
export type Answer = {
	readonly tab: AnswerTab;
	/** Undefined for the logs. */
	readonly source: TextSource | undefined;
	/** Which there are to choose from. */
	readonly tabs: readonly AnswerTab[];
	readonly top: number;
};

const onlyLogs: Answer = {tab: 'logs', source: undefined, tabs: ['logs'], top: 0};

/** @param reader of the logs that are open now */
export function answerOf(
	{chosen, of, top}: AnswerState,
	{target}: Pick<LogsState, 'target'>,
	{services}: Pick<ClusterState, 'services'>,
	reader: LogReader | undefined,
): Answer {
	const service = target?.kind === 'service' ? services.get(target.id) : undefined;
	if (!target || !service) return onlyLogs;
	const isSame = of === keyOf(target);
	const tab = (isSame ? chosen : undefined) ?? usualTab(service, reader);
	return {tab, source: sourceOf(tab, target), tabs: answerTabs, top: isSame ? top : 0};
}

export const keyOf = (target: LogTarget | undefined): string => (target ? `${target.kind} ${target.id}` : '');

/** Logs where there are some; what fails, or has never run, says why. */
function usualTab({health}: ServiceEntity, reader: LogReader | undefined): AnswerTab {
	if (health === 'failing') return 'why';
	const isSilent =
		reader !== undefined && reader.source.status.state !== 'opening' && reader.source.buffer.length === 0;
	return isSilent && (health === 'converging' || health === 'unknown') ? 'why' : 'logs';
}

/** One object for each target and tab: a text is made anew when its source is another one. */
const sources = new WeakMap<LogTarget, Map<AnswerTab, TextSource>>();

function sourceOf(tab: AnswerTab, target: LogTarget): TextSource | undefined {
	if (tab === 'logs') return undefined;
	const known = sources.get(target) ?? new Map<AnswerTab, TextSource>();
	sources.set(target, known);
	const source: TextSource = known.get(tab) ?? {kind: tab, of: 'services', id: target.id, name: target.name};
	known.set(tab, source);
	return source;
}
