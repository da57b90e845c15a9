#!/usr/bin/env node
// dist/cli.js: says to an old Node, down to 10, that it is too old, where the program itself would not even parse.
const {node} = process.versions;
if (Number(node.split('.')[0]) < 22) {
	process.stderr.write(
		`swarmtop: Node ${node} is too old: swarmtop needs Node 22 or newer, or none at all as the executable that install.sh puts in place, as the Debian package, or as the image (docker run --rm -it -v /var/run/docker.sock:/var/run/docker.sock swarmtop).\n`,
	);
	process.exitCode = 1;
} else {
	import('./main.js');
}
