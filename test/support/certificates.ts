import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Made with openssl, as docker's manual has it: tests that need certificates are left out where it is missing. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** From and until, as openssl writes times: `20200101000000Z`. */
export type Validity = readonly [from: string, until: string];

export type Authority = {
	/** The text of NAME.pem or NAME.key. */
	readonly pem: (file: string) => string;
	/** Makes an authority of that name: its own certificate, signed by itself. */
	readonly authority: (name: string) => void;
	/** Makes a certificate of that name, signed by the authority; valid from now on for two days unless told otherwise. */
	readonly certificate: (name: string, by: string, extension: string, validity?: Validity) => void;
	readonly remove: () => void;
};

/** What `openssl ca` needs to sign for a validity of one's own choice, which `openssl x509` can't in every version. */
const caConfig = `[ca]
default_ca = own
[own]
database = index.txt
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
`;

/** A directory for authorities and certificates. */
export function makeCertificates(): Authority {
	const directory = mkdtempSync(path.join(os.tmpdir(), 'swarmtop-tls-'));
	const inside = (file: string) => path.join(directory, file);
	const openssl = (...args: readonly string[]) => execFileSync('openssl', args, {cwd: directory, stdio: 'ignore'});
	const newKey = (name: string) => {
		const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
		return [...curve, '-keyout', `${name}.key`, '-subj', `/CN=${name}`];
	};
	writeFileSync(inside('ca.cnf'), caConfig);
	writeFileSync(inside('index.txt'), '');
	return {
		pem: (file) => readFileSync(inside(file), 'utf8'),
		authority: (name) => openssl('req', '-x509', ...newKey(name), '-out', `${name}.pem`, '-days', '2'),
		certificate(name, by, extension, validity) {
			openssl('req', ...newKey(name), '-out', `${name}.csr`);
			writeFileSync(inside(`${name}.ext`), extension);
			const signer = ['-config', 'ca.cnf', '-batch', '-notext', '-cert', `${by}.pem`, '-keyfile', `${by}.key`];
			const dates = validity ? ['-startdate', validity[0], '-enddate', validity[1]] : ['-days', '2'];
			openssl('ca', ...signer, ...dates, '-extfile', `${name}.ext`, '-in', `${name}.csr`, '-out', `${name}.pem`);
		},
		remove: () => rmSync(directory, {recursive: true, force: true}),
	};
}
