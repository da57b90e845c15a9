/** Cases in which swarmtop does otherwise than the docker CLI, each with the reason. */
export const exceptions: Readonly<Record<string, string>> = {
	'own/service: extra hosts number': 'docker sends "%!s(int=1)", which is no address; swarmtop sends the number',
	'own/service: restart on failure negative':
		'docker sends 2^64 - 1 attempts for -1; swarmtop refuses a negative count',
	'own/deploy: replicas big':
		'docker sends 2^64 - 1 replicas, which no swarm has room for; swarmtop refuses above 2^63',
};
