/** A log's time stamps. The whole second is written once for all of its lines. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

function perSecond(format: (time: Date) => string): (ms: number) => string {
	let known = Number.NaN;
	let text = '';
	return (ms) => {
		const second = Math.floor(ms / 1000);
		if (second !== known) {
			known = second;
			text = format(new Date(second * 1000));
		}
		return text;
	};
}

const clockOf = (time: Date): string =>
	`${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
const millis = (ms: number): string => String(Math.floor(ms) % 1000).padStart(3, '0');

/** `2026-01-05 12:00:00` */
const sortable = perSecond((time) => `${time.toISOString().slice(0, 10)} ${clockOf(time)}`);
/** `05/Jan/2026:12:00:00` */
const common = perSecond(
	(time) => `${two(time.getUTCDate())}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}:${clockOf(time)}`,
);
/** `05 Jan 2026 12:00:00` */
const spoken = perSecond(
	(time) => `${two(time.getUTCDate())} ${months[time.getUTCMonth()]} ${time.getUTCFullYear()} ${clockOf(time)}`,
);
const zulu = perSecond((time) => time.toISOString().slice(0, 19));
const slashed = perSecond((time) => `${time.toISOString().slice(0, 10).replaceAll('-', '/')} ${clockOf(time)}`);

export const times = {
	/** nginx's error log: `2026/01/05 12:00:00`. */
	slashed,
	/** `05/Jan/2026:12:00:00 +0000`. */
	common: (ms: number): string => `${common(ms)} +0000`,
	/** haproxy: `05/Jan/2026:12:00:00.123`. */
	commonMs: (ms: number): string => `${common(ms)}.${millis(ms)}`,
	/** redis: `05 Jan 2026 12:00:00.123`. */
	spokenMs: (ms: number): string => `${spoken(ms)}.${millis(ms)}`,
	/** postgres: `2026-01-05 12:00:00.123 UTC`. */
	sortableMs: (ms: number): string => `${sortable(ms)}.${millis(ms)} UTC`,
	/** python's logging: `2026-01-05 12:00:00,123`. */
	sortableComma: (ms: number): string => `${sortable(ms)},${millis(ms)}`,
	/** `2026-01-05T12:00:00.123Z`. */
	zulu: (ms: number): string => `${zulu(ms)}.${millis(ms)}Z`,
	/** mysql: `2026-01-05T12:00:00.123456Z`. */
	zuluMicro: (ms: number): string =>
		`${zulu(ms)}.${millis(ms)}${String(Math.floor((ms % 1) * 1000)).padStart(3, '0')}Z`,
};
