process.stdout.write('swarmtop\n');
