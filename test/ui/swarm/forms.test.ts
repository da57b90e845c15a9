import {expect, it} from 'vitest';
import {withPort} from '../../../source/cluster/actions/swarm-join.ts';
import {addressesOf} from '../../../source/nodes/machines.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {type FormSpec, initialValues, problemIn} from '../../../source/ui/form/form-spec.ts';
import {initForm, joinForm, parseJoinLine, unlockForm} from '../../../source/ui/swarm/forms.ts';

const engine = toSafeText('m1');
const nobody = async () => undefined;
const token = `SWMTKN-1-${'a'.repeat(50)}-${'b'.repeat(25)}`;

/** What is wrong with that text in that field, the others as they are at first. */
function wrong(form: FormSpec, id: string, text: string, others: Readonly<Record<string, readonly string[]>> = {}) {
	const field = form.fields.find((each) => each.id === id);
	if (!field) throw new Error(`no field ${id}`);
	return problemIn(field, {...initialValues(form.fields), ...others, [id]: [text]})?.text;
}

it.each([
	[
		'advertise',
		['', '10.0.0.1', '10.0.0.1:2377', 'eth0', 'bond0.100', 'fe80::1', '[fd00::1]:2377', 'manager.example:2377'],
		'address',
	],
	['listen', ['0.0.0.0:2377', 'eth0:2378', '[::]:2377'], 'address'],
	['dataPort', ['', '1024', '4789', '49151'], '1024'],
	['pools', ['10.20.0.0/16', '172.16.0.0/12'], 'subnet'],
])('takes in %s what docker takes', (id, texts, word) => {
	const form = initForm(engine, [], nobody);
	for (const text of texts) expect([text, wrong(form, id, text)]).toEqual([text, undefined]);
	expect(word).not.toBe('');
});

it.each([
	['advertise', ['10.0.0', '10.0.0.256', '10.0.0.1:http', '-x', 'a b', '10.0.0.1/24', '$(id)'], /address such as/],
	['dataPath', ['1.2.3.4.5', 'eth0 eth1'], /address such as/],
	['dataPort', ['0', '80', '1023', '49152', '99999', '-1', '4789/udp', 'x'], /from 1024 to 49151/],
	['pools', ['10.20.0.0', '10.20.0.0/0', '10.20.0.0/29', '300.0.0.0/8', 'fd00::/8', 'x'], /subnet of IPv4/],
])('says what is wrong in %s', (id, texts, told) => {
	const form = initForm(engine, [], nobody);
	for (const text of texts) expect(`${text}: ${wrong(form, id, text)}`).toMatch(told);
});

it('holds the size of subnets against that of the pools', () => {
	const form = initForm(engine, [], nobody);
	const pools = {pools: ['10.20.0.0/16']};
	expect(wrong(form, 'size', '24', pools)).toBeUndefined();
	for (const text of ['16', '8', '30', 'x']) expect(wrong(form, 'size', text, pools)).toMatch(/from 9 to 29/);
});

it('names an address at first only where docker would want one named', () => {
	const one = {address: '10.0.0.5', interface: 'eth0', network: '10.0.0.0/24'};
	const two = {address: '192.168.7.3', interface: 'eth1', network: '192.168.7.0/24'};
	const first = (addresses: readonly (typeof one)[]) =>
		initialValues(initForm(engine, addresses, nobody).fields)['advertise'];
	expect(first([])).toEqual(['']);
	expect(first([one])).toEqual(['']);
	expect(first([one, two])).toEqual(['10.0.0.5']);
	expect(initForm(engine, [one, two], nobody).fields[0]?.hint).toContain('10.0.0.5 on eth0 (10.0.0.0/24)');
});

it('tells the addresses that others may reach a machine by', () => {
	const ipv4 = (address: string, bits: number, internal = false) =>
		({address, netmask: '', family: 'IPv4', mac: '', internal, cidr: `${address}/${bits}`}) as const;
	const found = addressesOf({
		lo: [ipv4('127.0.0.1', 8, true)],
		docker0: [ipv4('172.17.0.1', 16)],
		'br-1': [ipv4('172.18.0.1', 16)],
		eth0: [
			{address: 'fd00::5', netmask: '', family: 'IPv6', mac: '', internal: false, cidr: 'fd00::5/64', scopeid: 0},
			ipv4('10.1.200.77', 20),
			ipv4('169.254.1.1', 16),
		],
	});
	expect(found).toEqual([
		{address: '10.1.200.77', interface: 'eth0', network: '10.1.192.0/20'},
		{address: 'fd00::5', interface: 'eth0', network: '/64'},
	]);
});

it.each([
	[token, {token, address: ''}],
	[` ${token}\n`, {token, address: ''}],
	[`docker swarm join --token ${token} 10.0.0.1:2377`, {token, address: '10.0.0.1:2377'}],
	[`    docker swarm join \\\n    --token ${token} \\\n    10.0.0.1:2377\n`, {token, address: '10.0.0.1:2377'}],
	[`sudo docker swarm join --token=${token} [fd00::1]:2377`, {token, address: '[fd00::1]:2377'}],
	['docker swarm init', {token: '', address: ''}],
])('reads what was pasted: %j', (text, found) => {
	expect(parseJoinLine(text)).toEqual(found);
});

it('wants a token and an address, from one field or from two', () => {
	const form = joinForm(engine, [], nobody);
	expect(wrong(form, 'token', '')).toMatch(/A token is needed/);
	for (const text of ['x', 'SWMTKN-1', 'SWMTKN-1-a', 'SWMKEY-1-abc', '10.0.0.1:2377'])
		expect(wrong(form, 'token', text)).toMatch(/not a join token/);
	expect(wrong(form, 'token', token)).toBeUndefined();
	expect(wrong(form, 'address', '', {token: [token]})).toMatch(/address of a manager is needed/);
	expect(wrong(form, 'address', '', {token: [`docker swarm join --token ${token} m1:2377`]})).toBeUndefined();
});

it('wants an unlock key in its form', () => {
	const form = unlockForm(engine, nobody);
	expect(wrong(form, 'key', '')).toMatch(/key is needed/);
	for (const text of ['x', 'SWMKEY-1-short', token]) expect(wrong(form, 'key', text)).toMatch(/not an unlock key/);
	expect(wrong(form, 'key', `SWMKEY-1-${'A'.repeat(43)}`)).toBeUndefined();
});

it.each([
	['10.0.0.1', '10.0.0.1:2377'],
	['10.0.0.1:2400', '10.0.0.1:2400'],
	['fd00::1', '[fd00::1]:2377'],
	['[fd00::1]', '[fd00::1]:2377'],
	['[fd00::1]:2400', '[fd00::1]:2400'],
	['', ''],
])('%s is asked at %s', (given, asked) => {
	expect(withPort(given)).toBe(asked);
});
