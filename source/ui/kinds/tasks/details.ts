/** All that a task's row has no room for, and a shell in its container: only its own node can exec there. */
import type {ClusterState, TaskEntity} from '../../../cluster/model.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {Task} from '../../../wire/task.ts';
import type {Detail} from '../kind.ts';
import {portText} from '../services/listing.ts';
import {specDetails, words} from '../spec-details.ts';

const none = toSafeText('');

export function taskDetails(task: TaskEntity, {inventory}: Pick<ClusterState, 'inventory'>): readonly Detail[] {
	const whole = inventory.task?.ID === task.id ? inventory.task : undefined;
	return [
		...ownDetails(task),
		...(whole ? specDetails(whole.Spec, networksOf(whole)) : []),
		['more', whole ? none : (inventory.refused.task ?? toSafeText('reading its environment, mounts and networks…'))],
	];
}

function ownDetails(task: TaskEntity): Detail[] {
	const {exitCode, containerId, nodeName} = task;
	return [
		['ID', toSafeText(task.id)],
		['service', task.serviceName],
		['node', nodeName],
		['image', task.image],
		['desired', toSafeText(task.desired)],
		['current', toSafeText(task.state)],
		['message', task.message],
		['error', task.error, 'failing'],
		['exit code', exitCode === undefined ? none : safe`${exitCode}`],
		['container', containerId],
		['into it', containerId === '' ? none : execLine(task)],
		['ports', joinSafe(task.ports.map(portText), ', ')],
	];
}

/** Only the task's own node can exec there. */
export function execLine({nodeName, containerId}: Pick<TaskEntity, 'nodeName' | 'containerId'>): SafeText {
	return safe`ssh ${nodeName} docker exec -it ${shortId(containerId)} sh`;
}

const shortId = (id: SafeText): SafeText => toSafeText(id.slice(0, 12));

function networksOf({NetworksAttachments: attachments}: Task): SafeText[] {
	return (attachments ?? []).map(({Network: network, Addresses: addresses}) =>
		words(network?.Spec?.Name, ...(addresses ?? [])),
	);
}
