/** An environment as it is shown, of a service, a task or a container: without the passwords that came there instead of as docker's secrets. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';

const hiddenValue = '•••';

/** Whole words of a name, however they are joined: API_KEY, dbPassword, GITHUB-TOKEN; not MONKEY. */
const secretWords = new Set(
	(
		'pass passwd password passphrase pwd pw secret secrets token tokens key keys apikey accesskey secretkey privatekey ' +
		'credential credentials cred creds auth private salt signature pin otp cookie jwt dsn bearer'
	).split(' '),
);
/** Where they are joined without a mark. */
const secretParts = /passw|secret|token|credential|apikey|privatekey|accesskey/i;

/** Files hold the secret, not the variable that names one: POSTGRES_PASSWORD_FILE. */
const namesFile = /_(?:file|path|dir)$/i;

export function isSecretName(name: string): boolean {
	if (namesFile.test(name)) return false;
	const words = name
		.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);
	return secretParts.test(name) || words.some((word) => secretWords.has(word));
}

/** `postgres://me:•••@db/shop`: a password in the middle of an address is one all the same. */
export const withoutPasswords = (value: string): string =>
	value.replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s@/]+@/gi, `$1:${hiddenValue}@`);

/**
 * Each variable on a line. Names of what is secret keep their values for themselves, also from whoever asks for the others.
 * @param isRevealed whether the values of the others are shown
 */
export function environmentLines(variables: readonly string[], isRevealed: boolean): SafeText[] {
	return variables.map((pair) => {
		const equals = pair.indexOf('=');
		if (equals < 0) return toSafeText(pair);
		const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
		const isShown = isRevealed && !isSecretName(name);
		return toSafeText(`${name}=${isShown ? withoutPasswords(value) : hiddenValue}`);
	});
}
