import type {ServiceEntity, TaskEntity} from '../cluster/model.ts';
import {ok, type Result} from '../runtime/result.ts';
import {alignTabs} from '../text/go-template/columns.ts';
import {fillTemplate} from '../text/go-template/evaluate.ts';
import {dockerFunctions, headingFunctions} from '../text/go-template/functions.ts';
import {goJson, withoutMarkup} from '../text/go-template/values.ts';
import {jsonText} from '../text/json-text.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import type {KindId} from '../ui/kinds/kind-id.ts';
import type {EngineEvent} from '../wire/event.ts';
import type {Network} from '../wire/network.ts';
import type {SwarmNode} from '../wire/node.ts';
import type {Service} from '../wire/service.ts';
import type {Config, Secret} from '../wire/store.ts';
import type {Task} from '../wire/task.ts';
import type {Volume} from '../wire/volume.ts';
import {
	configRow,
	contextRow,
	type DockerRow,
	type DockerRowOptions,
	eventRow,
	networkRow,
	nodeRow,
	secretRow,
	serviceRow,
	stackRow,
	type TaskNames,
	taskRow,
	volumeRow,
} from './docker-rows.ts';
import {shortId} from './docker-texts.ts';
import type {Template} from './get-format.ts';
import type {GetIo} from './get-io.ts';
import type {Item} from './get-lists.ts';
import {brokenTemplate} from './get-messages.ts';
import type {GetOptions} from './get-options.ts';
import type {Printer} from './get-printer.ts';
import type {Selection} from './get-select.ts';

/** Lists in docker's own formats: `--format` and `-q`. */

type RowMaker = (item: Item, options: DockerRowOptions & {readonly isTable: boolean}) => DockerRow;

/** Each list's objects are what get-lists.ts puts into it. */
const rowMakers: Readonly<Partial<Record<KindId, RowMaker>>> = {
	nodes: ({object}, options) => nodeRow(object() as SwarmNode, options),
	services: ({object, row}) => serviceRow(object() as Service, (row as ServiceEntity).counts),
	tasks: ({object, row}, options) => {
		const task = object() as Task & TaskNames;
		const fields = taskRow(task, task, options);
		// In tables docker hangs older tasks below the one that took their place.
		const isOlder = options.isTable && !(row as TaskEntity).isCurrent;
		return isOlder ? {...fields, Name: ` \\_ ${fields['Name']}`} : fields;
	},
	stacks: ({object}) => {
		const {Name, Services} = object() as {readonly Name: string; readonly Services: readonly unknown[]};
		return stackRow(Name, Services.length);
	},
	networks: ({object}, options) => networkRow(object() as Network, options),
	secrets: ({object}, options) => secretRow(object() as Secret, options),
	configs: ({object}, options) => configRow(object() as Config, options),
	volumes: ({object}) => volumeRow(object() as Volume),
	events: ({object}) => eventRow(object() as EngineEvent),
	contexts: ({object}) => contextRow(object() as Parameters<typeof contextRow>[0]),
};

/** `--format`. Events are printed once each, in the order in which they come. */
export function templatePrinter({kind, template, isTruncated, hasHeadings}: GetOptions, {out}: GetIo): Printer {
	const printed = new Set<string>();
	let last: string | undefined;
	const linesOf = ({items, info}: Selection, now: number): Result<string[], string> => {
		const isNew = ({row}: Item) => !printed.has(row.id);
		const wanted = kind === 'events' ? items.filter(isNew) : items;
		return template ? fill({...template, hasHeadings}, kind, wanted, {isTruncated, now, info}) : ok([]);
	};
	const print = (selection: Selection): string | undefined => {
		const lines = linesOf(selection, Date.now());
		if (!lines.ok) return brokenTemplate(lines.error);
		for (const {row} of selection.items) printed.add(row.id);
		if (lines.value.length > 0) out(lines.value.join('\n'));
		return undefined;
	};
	return {
		print,
		printChanges(selection) {
			if (kind === 'events') return print(selection);
			// The passing of time alone is no change.
			const key = linesOf(selection, 0);
			if (!key.ok) return brokenTemplate(key.error);
			const text = key.value.join('\n');
			if (text === last) return undefined;
			if (last !== undefined) out('');
			last = text;
			return print(selection);
		},
	};
}

type HeadedTemplate = Template & {readonly hasHeadings: boolean};

/** The lines that the template makes of the items. The error is one sentence without a full stop. */
function fill(
	{nodes, isTable, headings, hasHeadings}: HeadedTemplate,
	kind: KindId,
	items: readonly Item[],
	options: DockerRowOptions,
): Result<string[], string> {
	const lines: string[] = [];
	if (isTable && hasHeadings) {
		const heading = fillTemplate(nodes, headings, headingFunctions);
		if (!heading.ok) return heading;
		lines.push(heading.value);
	}
	for (const item of items) {
		const row = rowMakers[kind]?.(item, {...options, isTable}) ?? {};
		const whole = () => (kind === 'events' ? jsonText(item.object()) : withoutMarkup(goJson(row)));
		const json = (value: unknown) => (value === row ? whole() : goJson(value));
		const filled = fillTemplate(nodes, row, {...dockerFunctions, json});
		if (!filled.ok) return filled;
		lines.push(filled.value);
	}
	return ok(isTable ? alignTabs(lines.flatMap((line) => line.split('\n'))) : lines);
}

/** What `docker … ls -q` prints of each: the ID, of volumes, stacks and contexts the name. */
export function idOf(kind: KindId, {row}: Item, isTruncated: boolean): SafeText {
	const isShort = isTruncated && (kind === 'services' || kind === 'networks');
	return toSafeText(isShort ? shortId(row.id) : row.id);
}
