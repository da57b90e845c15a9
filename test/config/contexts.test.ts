import {describe, expect, it} from 'vitest';
import type {ContextRule} from '../../source/config/config.ts';
import {settingsFor} from '../../source/config/contexts.ts';

const none = {accent: undefined, isReadOnly: undefined, isProtected: undefined};
const rule = (pattern: string, settings: Partial<ContextRule>): ContextRule => ({...none, pattern, ...settings});
const readOnlyAt = (pattern: string, context: string | undefined, url: string) =>
	settingsFor([rule(pattern, {isReadOnly: true})], {context, url}).isReadOnly;

describe('the rules for contexts', () => {
	it.each([
		['prod', 'prod', 'unix:///var/run/docker.sock'],
		['PROD*', 'prod-eu', 'unix:///var/run/docker.sock'],
		['*.example.com', undefined, 'ssh://me@m1.example.com'],
		['m1.example.com', undefined, 'tcp://m1.example.com:2376'],
		['ssh://*', 'x', 'ssh://me@host:22'],
		['[fd00::1]', undefined, 'tcp://[fd00::1]:2376'],
		['unix:///tmp/lab/*', undefined, 'unix:///tmp/lab/m1/docker.sock'],
		['prod.eu', 'prod.eu', 'unix:///x'],
		['m?', undefined, 'ssh://m1'],
	])('%s fits the context %s at %s', (pattern, context, url) => {
		expect(readOnlyAt(pattern, context, url)).toBe(true);
	});

	it.each([
		['prod', 'preprod', 'ssh://prod.example.com'],
		['prod.eu', 'prodxeu', 'unix:///x'],
		['prod', undefined, 'ssh://prod@host'],
		['m1', undefined, 'unix:///m1'],
	])('%s does not fit the context %s at %s', (pattern, context, url) => {
		expect(readOnlyAt(pattern, context, url)).toBe(false);
	});

	it('hold together, the later before the earlier', () => {
		const rules = [
			rule('*', {accent: '32', isReadOnly: true}),
			rule('prod*', {accent: '31', isProtected: true}),
			rule('prod-test', {isReadOnly: false}),
		];
		const at = (context: string) => settingsFor(rules, {context, url: 'unix:///x'});
		expect(at('dev')).toEqual({accent: '32', isReadOnly: true, isProtected: false});
		expect(at('prod')).toEqual({accent: '31', isReadOnly: true, isProtected: true});
		expect(at('prod-test')).toEqual({accent: '31', isReadOnly: false, isProtected: true});
	});
});
