import {describe, expect, it} from 'vitest';
import {parseImage, pinnedImage, taggedImage} from '../../source/engine/registry-reference.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

describe('the name of an image', () => {
	it.each([
		['nginx', 'docker.io', 'library/nginx'],
		['team/app:1', 'docker.io', 'team/app'],
		['index.docker.io/nginx', 'docker.io', 'library/nginx'],
		['localhost/app', 'localhost', 'app'],
		['127.0.0.1:5000/team/app:1', '127.0.0.1:5000', 'team/app'],
		['[::1]:5000/app', '[::1]:5000', 'app'],
		['Registry/app', 'Registry', 'app'],
	])('%s comes from %s', (image, domain, path) => {
		expect(parseImage(image)).toMatchObject({domain, path});
	});

	it.each(['', 'Nginx', 'a//b', 'a:b:c', 'nginx:', `nginx@sha256:12`, 'f'.repeat(64), '-/x'])('%j is none', (image) => {
		expect(parseImage(image)).toBeUndefined();
	});

	it('is written as docker writes it, with the tag that is meant', () => {
		expect(taggedImage('docker.io/library/nginx')).toBe('nginx:latest');
		expect(taggedImage('docker.io/team/app:2')).toBe('team/app:2');
		expect(taggedImage(`nginx@${digest}`)).toBe(`nginx@${digest}`);
		expect(taggedImage('library/a/b')).toBe('library/a/b:latest');
		expect(taggedImage('No Image')).toBe('No Image');
		expect(pinnedImage('127.0.0.1:5000/app:1', digest)).toBe(`127.0.0.1:5000/app:1@${digest}`);
		expect(pinnedImage(`app:1@${digest}`, 'sha256:cd')).toBe(`app:1@${digest}`);
	});
});
