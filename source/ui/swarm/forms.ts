/** The forms that begin a swarm, join one and unlock a manager. */
import type {OwnAddress} from '../../cluster/actions/action.ts';
import {type InitSettings, usualInit} from '../../cluster/actions/swarm-init.ts';
import {theSwarm} from '../../cluster/actions/swarm-subject.ts';
import type {Intent} from '../../cluster/intent.ts';
import type {SafeText} from '../../text/safe-text.ts';
import {type FormSpec, type FormValues, isYes, listOf, rawTextOf, textOf} from '../form/form-spec.ts';
import {init, join, unlock} from './messages.ts';

/** Sends it, and gives what is wrong with it in the end. */
export type Send = (intent: Intent, close: () => void) => Promise<SafeText | undefined>;

/** All of it can stay as it is. Where a machine has several addresses docker wants one named: the first stands there. */
export function initForm(engine: SafeText, addresses: readonly OwnAddress[], send: Send): FormSpec {
	const [first] = addresses.filter(({address}) => !address.includes(':'));
	const isAmbiguous = addresses.filter(({address}) => !address.includes(':')).length > 1;
	return {
		title: init.title(engine),
		button: init.button,
		waiting: init.waiting,
		isReady: true,
		fields: [
			{
				kind: 'text',
				id: 'advertise',
				label: init.advertise,
				hint: init.advertiseHint(addresses),
				initial: isAmbiguous && first ? first.address : '',
				offers: () => addresses.flatMap(({address, interface: name}) => [address, name]),
				check: (text) => (isAddress(text) ? undefined : init.badAddress),
			},
			{kind: 'flag', id: 'autolock', label: init.autolock, hint: init.autolockHint},
			{
				kind: 'text',
				id: 'listen',
				part: init.more,
				label: init.listen,
				hint: init.listenHint,
				initial: usualInit.listenAddress,
				check: (text) => (isAddress(text) ? undefined : init.badAddress),
			},
			{
				kind: 'text',
				id: 'dataPath',
				label: init.dataPath,
				hint: init.dataPathHint,
				offers: () => addresses.flatMap(({address, interface: name}) => [address, name]),
				check: (text) => (isAddress(text) ? undefined : init.badAddress),
			},
			{
				kind: 'text',
				id: 'dataPort',
				label: init.dataPort,
				hint: init.dataPortHint,
				check: (text) => (text === '' || isWithin(text, 1024, 49_151) ? undefined : init.badPort),
			},
			{
				kind: 'list',
				id: 'pools',
				label: init.pools,
				hint: init.poolsHint,
				check: (text) => (text === '' || isSubnet(text) ? undefined : init.badPool),
			},
			{
				kind: 'text',
				id: 'size',
				label: init.size,
				hint: init.sizeHint,
				isShown: (values) => listOf(values, 'pools').length > 0,
				check: (text, values) => (text === '' || isSizeFor(text, values) ? undefined : init.badSize),
			},
		],
		onSubmit: (values, close) => send({action: 'swarm.init', ...theSwarm, settings: initSettings(values)}, close),
	};
}

function initSettings(values: FormValues): InitSettings {
	const number = (id: string): number | undefined =>
		textOf(values, id) === '' ? undefined : Number(textOf(values, id));
	const addressPools = listOf(values, 'pools');
	return {
		advertiseAddress: textOf(values, 'advertise'),
		listenAddress: textOf(values, 'listen'),
		dataPathAddress: textOf(values, 'dataPath'),
		dataPathPort: number('dataPort'),
		addressPools,
		subnetSize: addressPools.length > 0 ? number('size') : undefined,
		isAutolocked: isYes(values, 'autolock'),
	};
}

export function joinForm(engine: SafeText, addresses: readonly OwnAddress[], send: Send): FormSpec {
	const given = (values: FormValues) => parseJoinLine(rawTextOf(values, 'token'));
	return {
		title: join.title(engine),
		button: join.button,
		waiting: join.waiting,
		fields: [
			{
				kind: 'hidden',
				id: 'token',
				label: join.token,
				hint: join.tokenHint,
				required: join.noToken,
				check: (text) => (tokenForm.test(parseJoinLine(text).token) ? undefined : join.badToken),
			},
			{
				kind: 'text',
				id: 'address',
				label: join.address,
				hint: join.addressHint,
				check: (text, values) => (text === '' && given(values).address === '' ? join.noAddress : undefined),
			},
			{
				kind: 'text',
				id: 'advertise',
				part: init.more,
				label: init.advertise,
				hint: init.advertiseHint(addresses),
				offers: () => addresses.flatMap(({address, interface: name}) => [address, name]),
				check: (text) => (isAddress(text) ? undefined : init.badAddress),
			},
			{
				kind: 'text',
				id: 'listen',
				label: init.listen,
				hint: init.listenHint,
				initial: usualInit.listenAddress,
				check: (text) => (isAddress(text) ? undefined : init.badAddress),
			},
		],
		onSubmit(values, close) {
			const {token, address} = given(values);
			const intent = {
				action: 'swarm.join',
				...theSwarm,
				token,
				address: textOf(values, 'address') || address,
				advertiseAddress: textOf(values, 'advertise'),
				listenAddress: textOf(values, 'listen'),
			} as const;
			return send(intent, close);
		},
	};
}

export const unlockForm = (engine: SafeText, send: Send): FormSpec => ({
	title: unlock.title(engine),
	button: unlock.button,
	waiting: unlock.waiting,
	fields: [
		{
			kind: 'hidden',
			id: 'key',
			label: unlock.key,
			hint: unlock.keyHint,
			required: unlock.noKey,
			check: (text) => (keyForm.test(text.trim()) ? undefined : unlock.badKey),
		},
	],
	onSubmit: (values, close) => send({action: 'swarm.unlock', ...theSwarm, key: rawTextOf(values, 'key').trim()}, close),
});

/** Swarms with FIPS have 2 in place of 1. */
const tokenForm = /^SWMTKN-[12]-\w+-\w+$/;
const keyForm = /^SWMKEY-1-[A-Za-z0-9+/]{43}$/;

/** The token alone, or the whole line that docker prints, over several lines or one. */
export function parseJoinLine(text: string): {readonly token: string; readonly address: string} {
	const words = text
		.replace(/\\\s*\n/g, ' ')
		.trim()
		.split(/\s+/);
	const found = words.map((word) => word.replace(/^--token=/, '')).find((word) => word.startsWith('SWMTKN'));
	if (found === undefined) return {token: words.length === 1 ? (words[0] ?? '') : '', address: ''};
	const last = words.at(-1) ?? '';
	return {token: found, address: words.length > 1 && !last.includes('SWMTKN') && !last.startsWith('-') ? last : ''};
}

/** An address of IPv4 or IPv6, with or without a port, or the name of an interface. */
function isAddress(text: string): boolean {
	if (text === '') return true;
	if (/^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/.test(text)) return true;
	if (/^[0-9a-fA-F:]+$/.test(text) && text.split(':').length > 2) return true;
	const [host = '', port] = text.split(':');
	if (port !== undefined && !/^\d{1,5}$/.test(port)) return false;
	return /^[\d.]+$/.test(host) ? isIpv4(host) : /^[A-Za-z][\w.-]{0,62}$/.test(host);
}

const isIpv4 = (text: string): boolean =>
	/^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);

const isWithin = (text: string, least: number, most: number): boolean =>
	/^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;

function isSubnet(text: string): boolean {
	const [address = '', bits = ''] = text.split('/');
	return isIpv4(address) && isWithin(bits, 1, 28);
}

function isSizeFor(text: string, values: FormValues): boolean {
	const bits = listOf(values, 'pools').map((pool) => Number(pool.split('/')[1] ?? 0));
	return isWithin(text, 9, 29) && bits.every((each) => each < Number(text));
}
