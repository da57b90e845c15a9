import {describe, expect, it} from 'vitest';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import type {Forecast, ForecastInput, ForecastTask} from '../../../source/swarmkit/forecast/input.ts';
import type {Service} from '../../../source/wire/service.ts';
import type {ContainerSpec} from '../../../source/wire/task.ts';
import {replicated, second, TestSwarm, taskSpec} from '../orchestrators/test-swarm.ts';
import {inputOf} from './live-input.ts';

/** A swarm with one task of one service, whose history may be told otherwise. */
function single(container: Partial<ContainerSpec> = {}, history: (now: number) => Partial<ForecastTask>[] = () => []) {
	const swarm = new TestSwarm({nodes: 2});
	const web = swarm.create('web', replicated(1), {
		TaskTemplate: taskSpec('runs', {ContainerSpec: {Image: 'runs', ...container}}),
	});
	swarm.untilRunning(web, 1);
	const input = inputOf(swarm);
	const [task] = input.tasks;
	const told = history(input.now).map((each, index) => ({...task, id: `told${index}`, ...each}) as ForecastTask);
	return {web, input: told.length > 0 ? {...input, tasks: told} : input};
}

const restarted = (input: ForecastInput, web: string): Forecast => {
	const {Spec} = input.services.find(({ID}) => ID === web) as Service;
	const spec = {...Spec, TaskTemplate: {...Spec.TaskTemplate, ForceUpdate: 1}};
	return forecast(input, [{kind: 'spec', serviceId: web, spec}]);
};

describe('a forecast’s times', () => {
	it('are those that the service’s own tasks took to stop and to start', () => {
		const {web, input} = single({}, (now) => [
			{state: 'shutdown', desired: 'shutdown', createdAt: now - 100_000, since: now - 48_000},
			{state: 'running', desired: 'running', createdAt: now - 60_000, since: now - 44_000},
		]);
		const {outages, graceMs} = restarted(input, web);
		// 12 s until the old one had stopped, 4 s until the new one ran
		expect(outages).toEqual([{serviceId: web, ms: expect.objectContaining({usual: 16_000}), isLasting: false}]);
		const [{ms}] = outages as [Forecast['outages'][number]];
		expect([ms.least < 16_000, ms.most < 30_000]).toEqual([true, true]);
		expect(graceMs).toBe(0);
	});

	it('are told of a program that was stopped only after the new one ran', () => {
		const {web, input} = single({}, (now) => [
			{state: 'shutdown', desired: 'shutdown', createdAt: now - 100_000, since: now - 41_000},
			{state: 'running', desired: 'running', createdAt: now - 60_000, since: now - 50_000},
		]);
		const [outage] = restarted(input, web).outages;
		expect(outage?.ms.usual).toBe(9000 + 1400);
	});

	it('without a history say how long a program may take that ignores SIGTERM', () => {
		const plain = single();
		expect(restarted(plain.input, plain.web).graceMs).toBe(10_000);
		const patient = single({StopGracePeriod: 90 * second});
		expect(restarted(patient.input, patient.web).graceMs).toBe(90_000);
	});

	it('wait for the first probe of a new health check', () => {
		const {web, input} = single();
		const {Spec} = input.services[0] as Service;
		const Healthcheck = {Test: ['CMD', 'true'], Interval: 8 * second};
		const ContainerSpec = {...Spec.TaskTemplate.ContainerSpec, Healthcheck};
		const spec = {...Spec, TaskTemplate: {...Spec.TaskTemplate, ContainerSpec}};
		const said = forecast(input, [{kind: 'spec', serviceId: web, spec}]);
		expect(said.outages[0]?.ms.usual).toBeGreaterThan(9000);
		expect(said.outages[0]?.ms.usual).toBeLessThan(13_000);
	});

	it('wait for it at the least, however fast the next one starts, where only first starts are known', () => {
		const Healthcheck = {Test: ['CMD', 'true'], Interval: 8 * second};
		const {web, input} = single({Healthcheck}, (now) => [{createdAt: now - 60_000, since: now - 40_000}]);
		const [outage] = restarted(input, web).outages;
		expect(outage?.ms.least).toBeGreaterThan(8000);
		expect(outage?.ms.usual).toBeGreaterThan(18_000);
	});

	it('count a prepared task as started only once it was started', () => {
		const {web, input} = single({}, (now) => [{createdAt: now - 60_000, since: now - 60_000}]);
		// stopped after 2 s, while the next one is prepared; then that one starts
		expect(restarted(input, web).outages[0]?.ms.usual).toBe(3400);
	});
});
