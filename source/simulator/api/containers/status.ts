import type {Container} from '../../contract.ts';

/** `Up 13 seconds (healthy)`, `Exited (0) 2 minutes ago`: a container's state in words (moby container/state.go). */
export function statusText(container: Container, now: number): string {
	const {state, exitCode, health, startedAt, finishedAt} = container;
	switch (state) {
		case 'running': {
			const up = `Up ${humanDuration(now - (startedAt ?? now))}`;
			if (health === 'none') return up;
			return `${up} (${health === 'starting' ? 'health: starting' : health})`;
		}
		case 'created':
			return 'Created';
		case 'removing':
			return 'Removal In Progress';
		case 'dead':
			return 'Dead';
		case 'exited':
			return `Exited (${exitCode}) ${humanDuration(now - (finishedAt ?? now))} ago`;
	}
}

const day = 24;

/** A length of time as docker/go-units HumanDuration rounds it. */
function humanDuration(milliseconds: number): string {
	const seconds = Math.floor(milliseconds / 1000);
	if (seconds < 1) return 'Less than a second';
	if (seconds === 1) return '1 second';
	if (seconds < 60) return `${seconds} seconds`;
	const minutes = Math.floor(seconds / 60);
	if (minutes === 1) return 'About a minute';
	if (minutes < 60) return `${minutes} minutes`;
	const hours = Math.round(seconds / 3600);
	if (hours === 1) return 'About an hour';
	if (hours < 2 * day) return `${hours} hours`;
	if (hours < 14 * day) return `${Math.floor(hours / day)} days`;
	if (hours < 60 * day) return `${Math.floor(hours / day / 7)} weeks`;
	if (hours < 730 * day) return `${Math.floor(hours / day / 30)} months`;
	return `${Math.floor(hours / day / 365)} years`;
}
