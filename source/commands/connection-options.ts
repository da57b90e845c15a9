import type {ConnectionFlags} from '../connection/resolve.ts';

/** The connection flags as every command without a screen takes them (node:util parseArgs), named as docker's. */
export const connectionOptions = {
	host: {type: 'string', short: 'H'},
	context: {type: 'string', short: 'c'},
	tls: {type: 'boolean'},
	tlsverify: {type: 'boolean'},
	tlscacert: {type: 'string'},
	tlscert: {type: 'string'},
	tlskey: {type: 'string'},
} as const;

type ConnectionValues = {
	readonly host?: string | undefined;
	readonly context?: string | undefined;
	readonly tls?: boolean | undefined;
	readonly tlsverify?: boolean | undefined;
	readonly tlscacert?: string | undefined;
	readonly tlscert?: string | undefined;
	readonly tlskey?: string | undefined;
};

export const toConnectionFlags = (values: ConnectionValues): ConnectionFlags => ({
	host: values.host,
	context: values.context,
	tls: values.tls,
	tlsVerify: values.tlsverify,
	tlsCaCert: values.tlscacert,
	tlsCert: values.tlscert,
	tlsKey: values.tlskey,
});

export const connectionUsage = `  -H, --host URL     the engine: unix://, tcp:// or ssh://
  -c, --context NAME a docker context
      --tls, --tlsverify, --tlscacert, --tlscert, --tlskey
                     as docker's`;
