// `npm run release X.Y.Z [-- --dry-run]`: checks, the version, the changelog, every artefact with its SHA-256, an SBOM, a commit
// and a tag. Nothing is published and nothing is pushed: the last lines say how. Where it fails or is interrupted, the tree is
// as it was before, without a commit of the release and without half a release in release/.
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {isLater, released, unreleased} from './changelog.ts';
import {writeSums} from './sums.mjs';

const isDry = process.argv.includes('--dry-run');
const [version = ''] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const {version: current} = JSON.parse(readFileSync('package.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const tag = `v${version}`;

const read = (command, ...args) => execFileSync(command, args, {encoding: 'utf8'}).trim();
const problem = whyNot();
if (problem !== undefined) {
	console.error(`release: ${problem}`);
	process.exit(2);
}

const sbom = `release/swarmtop-${version}.cdx.json`;
const steps = [
	['the checks', () => run('npm', 'run', 'check')],
	['the version', () => run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version')],
	[
		'the changelog',
		() => writeFileSync('CHANGELOG.md', released(changelog, version, new Date().toISOString().slice(0, 10))),
	],
	['the manual pages', () => run('npm', 'run', '--silent', 'docs')],
	['the tests', () => run('npm', 'test')],
	['the executables and Debian packages', () => run('npm', 'run', 'dist')],
	['the npm package', () => run('npm', 'run', '--silent', 'package', '--', 'release')],
	[
		'the SBOM',
		() => writeFileSync(sbom, read('npm', 'sbom', '--omit=dev', '--omit=optional', '--sbom-format=cyclonedx')),
	],
	['the checksums', () => writeSums('release', version)],
	['the commit', () => run('git', 'commit', '--all', '--quiet', '--message', `release ${version}`)],
	[
		'the tag',
		() => run('git', 'tag', '--annotate', tag, '--message', `swarmtop ${version}\n\n${unreleased(changelog)}`),
	],
];

if (isDry) {
	console.log(`${current} becomes ${version}: ${steps.map(([name]) => name).join(', ')}. Nothing was done.`);
	process.exit(0);
}

const before = read('git', 'rev-parse', 'HEAD');
// The step that runs is interrupted by the terminal as well, and fails.
process.on('SIGINT', () => undefined);
rmSync('release', {recursive: true, force: true});
mkdirSync('release');
for (const [name, step] of steps) {
	console.log(`release: ${name}`);
	try {
		step();
	} catch (error) {
		console.error(`release: ${name} failed. ${error instanceof Error ? error.message : error}`);
		rmSync('release', {recursive: true, force: true});
		// Nothing was changed before; a failing tag stands behind a commit.
		run('git', 'reset', '--quiet', '--hard', before);
		console.error('release: the tree is as it was, and release/ is gone.');
		process.exit(1);
	}
}
console.log(`${tag} is made, in release/ and as a commit with a tag. Nothing was published:
  git push --follow-tags
  npm publish --provenance release/swarmtop-${version}.tgz`);

function run(command, ...args) {
	execFileSync(command, args, {stdio: 'inherit'});
}

function whyNot() {
	const later = isLater(version, current);
	if (later === undefined) return `"${version}" is no version: npm run release X.Y.Z`;
	if (!later) return `${version} is not later than ${current}`;
	if (unreleased(changelog) === '') return 'CHANGELOG.md has nothing under "Unreleased"';
	if (read('git', 'tag', '--list', tag) !== '') return `there is a tag ${tag} already`;
	const changes = read('git', 'status', '--porcelain');
	return changes === '' ? undefined : `commit first what has changed:\n${changes}`;
}
