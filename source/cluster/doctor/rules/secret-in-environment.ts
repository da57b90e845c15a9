import {safe, toSafeText} from '../../../text/safe-text.ts';
import {few, updateService} from '../commands.ts';
import {containerOf, serviceRule} from '../service-rules.ts';

const names =
	/(^|_)(PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)($|_\d+$|_KEY$)/i;
/** `scheme://user:password@host`. */
const address = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;
/** Says where the secret is, not what it is. */
const isReference = (key: string, value: string): boolean =>
	/_(FILE|PATH|NAME|ID)$/i.test(key) || value.startsWith('/run/secrets/');

export const secretInEnvironment = serviceRule({
	id: 'secret-in-environment',
	severity: 'warning',
	title: 'what looks like a secret is in the environment',
	why: 'Everybody who may inspect the service or its containers can read it, and so do child processes and crash reports.',
	check(service, {state}) {
		const keys = (containerOf(service).Env ?? []).flatMap((entry) => {
			const [key = '', value = ''] = entry.split(/=(.*)/s, 2);
			const isSecret = value !== '' && !isReference(key, value) && (names.test(key) || address.test(value));
			// PWD alone is the working directory.
			return isSecret && key !== 'PWD' && key !== 'OLDPWD' ? [toSafeText(key)] : [];
		});
		const [first] = keys;
		if (first === undefined) return undefined;
		return {
			evidence: safe`${few(keys)}`,
			remedy: updateService('--secret-add NAME --env-rm VARIABLE', service, state),
		};
	},
});
