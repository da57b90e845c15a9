import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {builtinImages} from '../../../source/simulator/programs/builtin-images.ts';
import {Catalogue} from '../../../source/simulator/programs/catalogue.ts';
import {Files} from '../../../source/simulator/programs/files.ts';
import {
	beginCommand,
	type Environment,
	startProgram,
	surroundingsOf,
} from '../../../source/simulator/programs/launch.ts';
import type {OutputLine, Process} from '../../../source/simulator/programs/process.ts';
import {type Outcome, runNow} from '../../../source/simulator/programs/run-now.ts';
import {parseScript} from '../../../source/simulator/programs/shell/parser.ts';
import {ShellSyntaxError} from '../../../source/simulator/programs/shell/syntax.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';

const busybox = new Catalogue(builtinImages, new Seeded(1)).find('busybox:latest');
if (!busybox) throw new Error('no busybox');

const environment: Environment = {
	image: busybox,
	variables: new Map([
		['PATH', '/bin'],
		['COLOR', 'blue'],
	]),
	directory: '/',
	hostname: 'c0ffee',
	isInteractive: false,
	startedAt: Date.UTC(2026, 0, 5, 12),
	memoryBytes: 1e9,
	fraction: (context) => new Seeded(7).fraction(context),
	resolve: () => [],
	fetch: () => undefined,
};

function run(script: string, ...parameters: string[]): Outcome {
	const around = surroundingsOf(environment, new Files(), () => 0);
	const routine = beginCommand(environment, ['sh', '-c', script, ...parameters], around);
	if (!routine) throw new Error('no shell');
	return runNow(routine, 60_000);
}

/** What the machine's own busybox says, where there is one: the same scripts must say the same. */
const reference = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));

const scripts = [
	'echo hello   world; echo "a   b" \'c $d\' "e $COLOR"',
	'i=0; while [ $i -lt 3 ]; do echo line $i; i=$((i+1)); done',
	'for x in a b "c d"; do echo "<$x>"; done',
	'x=5; if [ $x -gt 3 ]; then echo big; elif [ $x = 3 ]; then echo three; else echo small; fi',
	'case foo.txt in *.md) echo md;; *.txt|*.text) echo text;; *) echo other;; esac',
	'echo $((2 + 3 * 4)) $((7 / 2)) $((7 % 3)) $((1 << 4)) $((5 > 3 && 2 < 1)) $((-3 + 1)) $((0x10))',
	'f() { echo "f got $1 and $#"; return 3; }; f x y; echo $?',
	// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
	'echo ${UNSET:-default} ${COLOR:+set} ${#COLOR} ${COLOR%ue} ${COLOR#b}',
	'set -- one two three; echo $2 $#; shift; echo $1; for a; do echo "[$a]"; done',
	'echo one; false || echo two; true && echo three; ! true || echo four',
	'x=$(echo inner; echo second); echo "$x"; echo $x',
	'x=`echo back`; echo $x',
	'(x=1; echo in $x); echo out $x',
	'{ echo grouped; echo two; } | cat',
	'printf "%s-%d\\n" a 1 b 2; printf "%05d|%-4s|%x\\n" 42 ab 255',
	'echo -n no; echo -e "tab\\tnewline\\nend"',
	'until [ -n "$y" ]; do y=done; done; echo $y',
	'i=0; while :; do i=$((i+1)); [ $i = 2 ] && continue; [ $i -ge 5 ] && break; echo $i; done',
	'echo a > /dev/null; echo b >&2; echo c 2>/dev/null',
	'seq 3 | while read n; do echo "n=$n"; done',
	'echo "x y z" | { read a b; echo "$b-$a"; }',
	'cat <<EOF\nhello $COLOR\n  indented\nEOF\necho after',
	"cat <<'EOF'\nliteral $COLOR\nEOF",
	'exit 7',
	'nosuchprogram; echo $?',
	'echo "quote \\" and \\$ and \\\\ done"; echo \\$HOME',
	'A=1 B=2; echo $A$B; C="$A $B" ; echo "$C"',
	'echo "$@"; echo "$*"',
	'trap "echo bye" EXIT; echo hi',
	'set -e; echo before; false; echo never',
	'echo $((x = 4)) $x; y=$((x += 2)); echo $y',
	'if ! grep -q foo /dev/null; then echo absent; fi',
	'echo foo bar | tr a-z A-Z | sort',
	'echo "a#b" # comment',
	'while read l; do echo got $l; done <<X\n1\n2\nX',
	'eval "echo evaluated $COLOR"; command -v echo >/dev/null && echo found',
];

describe.skipIf(!reference)('a script says what busybox says', () => {
	it.each(scripts)('%j', (script) => {
		let status = 0;
		let stdout = '';
		try {
			stdout = execFileSync(reference ?? '', ['sh', '-c', script, 'sh'], {
				env: {PATH: '/bin:/usr/bin', COLOR: 'blue'},
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
			});
		} catch (error) {
			const failure = error as {status: number; stdout: string};
			status = failure.status;
			stdout = failure.stdout;
		}
		const outcome = run(script, 'sh');
		expect([outcome.exitCode, outcome.stdout]).toEqual([status, stdout]);
	});
});

describe('the parser', () => {
	it.each([
		'if',
		'while true',
		'echo "open',
		"echo 'open",
		'for',
		'echo $(',
		'a | ',
		'case x in',
		'( echo',
		'echo ${x',
	])('refuses %j with a syntax error', (script) => {
		expect(() => parseScript(script)).toThrow(ShellSyntaxError);
		expect(run(script).exitCode).toBe(2);
	});

	it('takes any text: it parses it or says that it is wrong', () => {
		const pieces = [
			'if',
			'then',
			'fi',
			'while',
			'do',
			'done',
			';',
			'|',
			'&&',
			'$x',
			'$((1+1))',
			'"a b"',
			"'c'",
			'echo',
			'(',
			')',
			'{',
			'}',
			'>',
			'2>&1',
			'\n',
			'`',
			'#',
			'\\',
			'$(',
			'case',
			'esac',
			'in',
			'<<E',
		];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...pieces), {maxLength: 14}), (words) => {
				try {
					parseScript(words.join(' '));
				} catch (error) {
					expect(error).toBeInstanceOf(ShellSyntaxError);
				}
			}),
			{numRuns: 2000},
		);
	});
});

function start(script: string): Process {
	return startProgram(environment, ['sh', '-c', script], {
		initialFiles: () => new Files(),
		files: () => new Files(),
		isInit: true,
	});
}

const lines = (process: Process, from: number, until: number): OutputLine[] => [...process.tape.lines(from, until)];

describe('a script that runs', () => {
	const looping = [
		'i=0; while :; do echo line $i; i=$((i+1)); sleep 0.2; done',
		'while true; do echo Hello Docker; sleep 1; done',
		'echo start; i=5; while true; do echo $i $(date +%S); [ $((i % 3)) = 0 ] && echo third >&2; i=$((i+2)); sleep 0.3; done',
		'n=0; while :; do n=$((n+1)); t=$(date +%s); echo "$n at $t"; sleep 2; done',
		'while :; do echo flood; done',
	];

	it.each(looping)('reads the same from anywhere: %j', (script) => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 900}), fc.integer({min: 1, max: 900}), (from, span) => {
				const whole = lines(start(script), 0, from + span).filter(({at}) => at >= from);
				expect(lines(start(script), from, from + span)).toEqual(whole);
			}),
			{numRuns: 8},
		);
	});

	it.each(looping)('is told by arithmetic as it would be by running it: %j', (script) => {
		// a file that is tested keeps the loop from being told: it is played round by round
		const played = script.replace(/do /, 'do test -f /nosuch; ');
		const told = lines(start(script), 0, 600).map(({text, stream}) => `${stream} ${text}`);
		const stepped = lines(start(played), 0, 600).map(({text, stream}) => `${stream} ${text}`);
		const shared = Math.min(told.length, stepped.length, 50);
		expect(shared).toBeGreaterThan(0);
		expect(told.slice(0, shared)).toEqual(stepped.slice(0, shared));
	});

	it('is read at its end at once after a year', () => {
		const process = start('i=0; while :; do echo line $i; i=$((i+1)); sleep 0.1; done');
		const year = 365 * 86_400_000;
		const [first] = lines(process, year, year + 1000);
		expect(first?.text).toMatch(/^line 31\d{7}$/);
		expect(process.ending()).toEqual({kind: 'never'});
	});

	it.each([
		['exit 3', 0, 3],
		['sleep 2; exit 1', 2000, 1],
		['for i in 1 2 3; do sleep 1; done', 3000, 0],
		['sleep 1 & sleep 3 & wait; exit 4', 3000, 4],
		['ping -c 3 docker.com', 2008, 0],
	])('ends: %j', (script, at, exitCode) => {
		const ending = start(script).ending();
		expect(ending).toMatchObject({kind: 'exit', exitCode});
		if (ending.kind === 'exit') expect(Math.abs(ending.at - at)).toBeLessThan(5);
	});

	it('minds a signal that it has a trap for, after the command in hand', () => {
		const process = start('trap "echo caught; exit 5" TERM; i=0; while :; do echo $i; i=$((i+1)); sleep 1; done');
		const before = lines(process, 0, 4500);
		process.signal('TERM', 4500);
		expect(process.ending()).toMatchObject({kind: 'exit', exitCode: 5});
		expect(lines(process, 0, 4500)).toEqual(before);
		const [caught, ...rest] = lines(process, 4500, 60_000);
		expect(caught).toMatchObject({text: 'caught'});
		expect(caught?.at).toBeCloseTo(5000, -1);
		expect(rest).toEqual([]);
	});

	it('is woken from wait by a signal', () => {
		const process = start('trap "exit 0" TERM; sleep infinity & wait');
		expect(process.ending()).toEqual({kind: 'never'});
		process.signal('TERM', 1234);
		expect(process.ending()).toMatchObject({kind: 'exit', at: 1234, exitCode: 0});
	});
});
