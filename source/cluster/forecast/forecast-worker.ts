import {parentPort} from 'node:worker_threads';
import {forecast} from '../../swarmkit/forecast/forecast.ts';
import type {Forecast} from '../../swarmkit/forecast/input.ts';
import type {Question} from './forecast-input.ts';

/** The worker thread's side of forecaster.ts: a forecast of a large swarm takes longer than a key may wait. */

export type ToForecastWorker = Question & {readonly id: number};
export type FromForecastWorker =
	| {readonly id: number; readonly forecast: Forecast}
	| {readonly id: number; readonly problem: string};

parentPort?.on('message', ({id, input, changes}: ToForecastWorker) =>
	parentPort?.postMessage(answer(id, {input, changes})),
);

function answer(id: number, {input, changes}: Question): FromForecastWorker {
	try {
		return {id, forecast: forecast(input, changes)};
	} catch (error) {
		return {id, problem: error instanceof Error ? error.message : String(error)};
	}
}
