/** What keys can do on the map beyond moving from node to node: pick a task, and go to what is selected. */
import {intentsOf} from '../../cluster/intent.ts';
import type {NodeEntity, TaskEntity} from '../../cluster/model.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App, MapControls} from '../app/capabilities.ts';
import type {ScreenModel} from '../app/screen-model.ts';

type MapOptions = {readonly model: ScreenModel; readonly app: Pick<App, 'keymap' | 'messages' | 'navigation'>};

export class MapVerbs implements MapControls {
	readonly #model: ScreenModel;
	readonly #app: MapOptions['app'];

	constructor({model, app}: MapOptions) {
		this.#model = model;
		this.#app = app;
	}

	/** To the next task of the selected node; from a node that the cursor was not on, to the first of the picked service. */
	step(by: 1 | -1): void {
		const tasks = this.#tasks();
		if (tasks.length === 0) {
			this.#app.messages.say('plain', toSafeText('There is no task here to pick.'));
			return;
		}
		const {mapCursor} = this.#model.state;
		const at = tasks.findIndex(({id}) => id === mapCursor?.taskId);
		const same = tasks.findIndex(({serviceId}) => serviceId === mapCursor?.serviceId);
		const from = same === -1 ? (by === 1 ? 0 : tasks.length - 1) : same;
		const task = at === -1 ? tasks[from] : tasks[(at + by + tasks.length) % tasks.length];
		if (!task) return;
		this.#model.dispatch({type: 'map/picked', cursor: {serviceId: task.serviceId, taskId: task.id}});
	}

	/** To the tasks of what is selected: the node's, or those of the service whose task the cursor is on. */
	enter(): void {
		const selected = this.#model.selected('topology');
		if (!selected.ok) return;
		const row = selected.value;
		const taskId = this.#model.state.mapCursor?.taskId;
		const task = this.#tasks().find(({id}) => id === taskId);
		if (task) {
			this.#app.navigation.drillTo({kind: 'service', id: task.serviceId});
			this.#model.select('tasks', task.id);
		} else if (row.kind === 'node') this.#app.navigation.drillTo({kind: 'node', id: row.id});
		else if (row.kind === 'waiting') this.#app.navigation.drillTo({kind: 'all'});
		else
			this.#app.messages.say(
				'plain',
				safe`A zone has no tasks of its own: ${this.#app.keymap.keyOf('list.down')} goes to its nodes.`,
			);
	}

	/** Goes to the map under a dialog, to the node that its plan is about if it is about one. */
	showPlan(): void {
		const {plan} = this.#model;
		this.#app.navigation.show('topology');
		const nodeId = plan && intentsOf(plan.intent).flatMap((intent) => ('nodeId' in intent ? intent.nodeId : []))[0];
		if (nodeId !== undefined) this.#model.select('topology', nodeId);
	}

	/** The node that the keys of nodes are for, or why there is none. */
	selectedNode(): Result<NodeEntity, SafeText> {
		const selected = this.#model.selected('topology');
		if (!selected.ok) return selected;
		const row = selected.value;
		return row.kind === 'node' ? ok(row.node) : failed(toSafeText('That is for a node: pick one.'));
	}

	/** The marked nodes, else the selected one. */
	targetNodes(): Result<readonly NodeEntity[], SafeText> {
		const marked = this.#model.marked('topology').flatMap((row) => (row.kind === 'node' ? row.node : []));
		if (marked.length > 0) return ok(marked);
		const selected = this.selectedNode();
		return selected.ok ? ok([selected.value]) : selected;
	}

	/** All services alike again; false when they are. */
	unpick(): boolean {
		if (this.#model.state.mapCursor === undefined) return false;
		this.#model.dispatch({type: 'map/picked', cursor: undefined});
		return true;
	}

	#tasks(): readonly TaskEntity[] {
		const selected = this.#model.selected('topology');
		return selected.ok && selected.value.kind !== 'zone' ? selected.value.tasks : [];
	}
}
