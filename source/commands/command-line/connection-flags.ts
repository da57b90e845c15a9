import type {ConnectionFlags} from '../../connection/resolve.ts';
import {type FlagDeclarations, type FlagValues, spellings, words} from './declaration.ts';

/** The flags that say which engine is meant: docker's own, the same for every command that talks to one. */
export const connectionFlags = {
	host: {
		short: 'H',
		title: 'the engine to talk to',
		detail: 'unix://, tcp:// or ssh://',
		value: 'URL',
		completes: words('unix://', 'tcp://', 'ssh://'),
		isConnection: true,
	},
	context: {
		short: 'c',
		title: 'a docker context',
		value: 'NAME',
		completes: {kind: 'live', list: 'contexts'},
		isConnection: true,
	},
	tls: {title: 'use TLS without verifying the server', isConnection: true},
	tlsverify: {title: 'use TLS and verify the server', isConnection: true},
	tlscacert: {
		title: 'trust certificates of this authority',
		value: 'FILE',
		completes: {kind: 'file'},
		isConnection: true,
	},
	tlscert: {title: 'the client certificate', value: 'FILE', completes: {kind: 'file'}, isConnection: true},
	tlskey: {title: 'the key of the client certificate', value: 'FILE', completes: {kind: 'file'}, isConnection: true},
} as const satisfies FlagDeclarations;

const entries = Object.entries<FlagDeclarations[string]>(connectionFlags);

/** The connection flags as they are typed, by whether a value follows. */
export const connectionSpellings = {
	withValue: entries.filter(([, {value}]) => value !== undefined).flatMap(([name, flag]) => spellings(name, flag)),
	alone: entries.filter(([, {value}]) => value === undefined).flatMap(([name, flag]) => spellings(name, flag)),
};

export const toConnectionFlags = (values: FlagValues<typeof connectionFlags>): ConnectionFlags => ({
	host: values.host,
	context: values.context,
	tls: values.tls,
	tlsVerify: values.tlsverify,
	tlsCaCert: values.tlscacert,
	tlsCert: values.tlscert,
	tlsKey: values.tlskey,
});
