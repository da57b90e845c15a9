import type {Worker} from 'node:worker_threads';
import {startWorker} from '../../runtime/program-files.ts';
import type {Forecast} from '../../swarmkit/forecast/input.ts';
import type {Question} from './forecast-input.ts';
import type {FromForecastWorker, ToForecastWorker} from './forecast-worker.ts';

/** Forecasts, made aside. Undefined when one could not be made: a plan then stays as it is without. */
export interface Forecaster {
	ask(question: Question): Promise<Forecast | undefined>;
}

let shared: Forecaster | undefined;

/** The one of this process, whichever swarm it asks about: each change of context opens a session. */
export function sharedForecaster(): Forecaster {
	shared ??= createForecaster();
	return shared;
}

/** In a worker thread, which starts with the first question. It keeps the process alive while a question is open. */
export function createForecaster(): Forecaster {
	const waiting = new Map<number, (forecast: Forecast | undefined) => void>();
	let worker: Worker | undefined;
	let lastId = 0;

	function start(): Worker {
		const started = startWorker('forecast', new URL('./forecast-worker.ts', import.meta.url));
		started.on('message', (message: FromForecastWorker) => {
			waiting.get(message.id)?.('forecast' in message ? message.forecast : undefined);
			waiting.delete(message.id);
			if (waiting.size === 0) started.unref();
		});
		started.on('error', () => {
			worker = undefined;
			for (const give of waiting.values()) give(undefined);
			waiting.clear();
		});
		return started;
	}

	return {
		ask(question) {
			worker ??= start();
			worker.ref();
			const id = ++lastId;
			worker.postMessage({id, ...question} satisfies ToForecastWorker);
			return new Promise((resolve) => waiting.set(id, resolve));
		},
	};
}
