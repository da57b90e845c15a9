import type {NodeObject, TaskObject} from '../../swarmkit/state/objects.ts';

/** Go templates in a task's hostname, environment and mounts (swarmkit template/context.go). */

/** `{{.Service.Name}}`, `{{.Task.Slot}}`, `{{.Node.Hostname}}`, `{{index .Service.Labels "key"}}`; others stay as they are. */
export function expandTemplate(text: string, task: TaskObject, node: NodeObject | undefined): string {
	if (!text.includes('{{')) return text;
	return text
		.replace(/\{\{\s*index\s+\.(Service|Node)\.Labels\s+"([^"]*)"\s*\}\}/g, (_whole, owner: string, key: string) =>
			owner === 'Service' ? (task.serviceLabels[key] ?? '') : (node?.spec.Labels?.[key] ?? ''),
		)
		.replace(/\{\{\s*\.([A-Za-z.]+)\s*\}\}/g, (whole, path: string) => fieldOf(path, task, node) ?? whole);
}

function fieldOf(path: string, task: TaskObject, node: NodeObject | undefined): string | undefined {
	switch (path) {
		case 'Service.ID':
			return task.serviceId;
		case 'Service.Name':
			return task.serviceName;
		case 'Node.ID':
			return task.nodeId;
		case 'Node.Hostname':
			return node?.description.Hostname ?? '';
		case 'Node.Platform.OS':
			return node?.description.Platform?.OS ?? '';
		case 'Node.Platform.Architecture':
			return node?.description.Platform?.Architecture ?? '';
		case 'Task.ID':
			return task.id;
		case 'Task.Name':
			return taskName(task);
		case 'Task.Slot':
			return task.slot > 0 ? String(task.slot) : task.nodeId;
		default:
			return undefined;
	}
}

/** `web.1.TASKID`; a task without a slot has its node's ID in the slot's place (swarmkit api/naming/naming.go). */
export function taskName({serviceName, slot, nodeId, id}: TaskObject): string {
	return `${serviceName}.${slot > 0 ? slot : nodeId}.${id}`;
}
