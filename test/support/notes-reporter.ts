import {appendFileSync} from 'node:fs';
import type {Reporter, TestModule} from 'vitest/node';

/**
 * Writes down which tests were skipped and which passed only when they were tried again, for the gate's summary: a line each
 * in the file that SWARMTOP_TEST_NOTES names, `skipped` or `retried`, a tab, the file and the test.
 */
export class NotesReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const file = process.env['SWARMTOP_TEST_NOTES'];
		if (!file) return;
		for (const module of modules) {
			for (const test of module.children.allTests()) {
				const name = `[${test.project.name}] ${module.relativeModuleId} > ${test.fullName}`;
				if (test.result().state === 'skipped') appendFileSync(file, `skipped\t${name}\n`);
				const retries = test.diagnostic()?.retryCount ?? 0;
				if (retries > 0) appendFileSync(file, `retried\t${name} (${retries} times)\n`);
			}
		}
	}
}
