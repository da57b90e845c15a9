/** What happens, as one JSON object per line or as text. The shape is in docs/redeploy.md and only ever grows. */

export type Outcome = 'current' | 'newer' | 'updated' | 'failed' | 'skipped' | 'unknown';

export type RedeployEvent =
	| {
			readonly type: 'progress';
			readonly service: string;
			readonly detail: string;
			readonly done: number;
			readonly total: number;
	  }
	| {
			readonly type: 'service';
			readonly service: string;
			readonly image: string;
			readonly outcome: Outcome;
			/** The digests that it ran and that its tag has. */
			readonly from?: string | undefined;
			readonly to?: string | undefined;
			readonly reason?: string | undefined;
			/** Whether the service runs its image of before again. */
			readonly rolledBack?: boolean;
	  }
	| {readonly type: 'waiting'; readonly reason: string}
	| ({readonly type: 'round'; readonly nextAt?: string} & Readonly<Record<Outcome, number>>);

export const noOutcomes: Readonly<Record<Outcome, number>> = {
	current: 0,
	newer: 0,
	updated: 0,
	failed: 0,
	skipped: 0,
	unknown: 0,
};

export const jsonLine = (event: RedeployEvent, at: number): string =>
	JSON.stringify({time: new Date(at).toISOString(), ...event});

const marks: Record<Outcome, string> = {
	current: ' ',
	newer: '+',
	updated: '✓',
	failed: '✗',
	skipped: '-',
	unknown: '?',
};

const short = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

export function textLine(event: RedeployEvent): string {
	switch (event.type) {
		case 'progress':
			return `  ${event.service}: ${event.detail}`;
		case 'service': {
			const {service, image, outcome, from, to, reason, rolledBack} = event;
			const digests =
				to === undefined || outcome === 'current'
					? ''
					: ` ${from === undefined ? '' : `${short(from)} → `}${short(to)}`;
			const why = reason === undefined ? '' : `: ${reason}`;
			return `${marks[outcome]} ${service} ${image} ${outcome}${digests}${why}${rolledBack ? ' (rolled back)' : ''}`;
		}
		case 'waiting':
			return `? ${event.reason}`;
		case 'round': {
			const {type: _, nextAt, ...counts} = event;
			const said = Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
			return `${said.join(', ') || 'no labelled service'}${nextAt === undefined ? '' : `; next at ${nextAt}`}`;
		}
		default:
			return event satisfies never;
	}
}
