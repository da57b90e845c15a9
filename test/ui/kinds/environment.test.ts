import {describe, expect, it} from 'vitest';
import {isSecretName, withoutPasswords} from '../../../source/ui/kinds/environment.ts';

describe('what of an environment is never shown', () => {
	it.each([
		'DB_PASSWORD',
		'dbPassword',
		'PGPASSWORD',
		'API_KEY',
		'apikey',
		'GITHUB-TOKEN',
		'AWS_SECRET_ACCESS_KEY',
		'MYSQL_PWD',
		'JWT',
		'SENTRY_DSN',
	])('is the value of %s', (name) => {
		expect(isSecretName(name)).toBe(true);
	});

	it.each(['MODE', 'MONKEY', 'PATH', 'KEYBOARD', 'COMPASS', 'AUTHOR', 'POSTGRES_PASSWORD_FILE', 'TZ'])(
		'is not the value of %s',
		(name) => {
			expect(isSecretName(name)).toBe(false);
		},
	);

	it('is a password in an address', () => {
		expect(withoutPasswords('postgres://me:let:me%40in@db:5432/shop')).toBe('postgres://me:•••@db:5432/shop');
		expect(withoutPasswords('amqp://:pw@mq redis://cache:6379/0')).toBe('amqp://:•••@mq redis://cache:6379/0');
	});
});
