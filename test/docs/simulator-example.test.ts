/** The example of docs/simulator.md as a reader would run it: with Node's own test runner, on the built package. */
import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {expect, it, onTestFinished} from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

it('the example of a test on the simulator passes, and nothing of the swarm is left', async () => {
	const [, example = ''] =
		/```js\n([\s\S]*?)```/.exec(readFileSync(path.join(root, 'docs/simulator.md'), 'utf8')) ?? [];
	// Inside of the package: there its own name means the package itself.
	const folder = mkdtempSync(path.join(root, 'test/docs/example-'));
	onTestFinished(() => rmSync(folder, {recursive: true}));
	const file = path.join(folder, 'example.test.js');
	writeFileSync(file, example);
	const {NODE_TEST_CONTEXT, ...env} = process.env;
	const {stdout} = await promisify(execFile)('node', ['--test', '--test-reporter=tap', file], {env, timeout: 50_000});
	expect(stdout).toMatch(/^# pass 1$/m);
	expect(stdout).toMatch(/^# fail 0$/m);
});
