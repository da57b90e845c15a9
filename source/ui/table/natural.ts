/** Orders for people. */

/**
 * Compares names with their numbers as numbers, so that `w2` comes before `w10`. Faster than a numeric Intl.Collator by
 * an order of magnitude, which matters for 100,000 task names; letters compare by code unit after lower-casing.
 */
export function compareNatural(a: string, b: string): number {
	if (a === b) return 0;
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		const x = a.charCodeAt(i);
		const y = b.charCodeAt(j);
		if (isDigit(x) && isDigit(y)) {
			const left = numberEnd(a, i);
			const right = numberEnd(b, j);
			const difference = compareDigits(a, i, left, b, j, right);
			if (difference !== 0) return difference;
			i = left;
			j = right;
			continue;
		}
		if (x !== y) {
			const difference = lower(x) - lower(y);
			if (difference !== 0) return difference;
		}
		i++;
		j++;
	}
	const rest = a.length - i - (b.length - j);
	if (rest !== 0) return rest;
	return a < b ? -1 : 1;
}

export function compareNumbers(a: number, b: number): number {
	return a - b;
}

/** Turns the order of something into the order of what holds it. */
export function by<Row, Value>(
	value: (row: Row) => Value,
	compare: (a: Value, b: Value) => number,
): (a: Row, b: Row) => number {
	return (a, b) => compare(value(a), value(b));
}

/** The first order that tells two apart decides. */
export function chain<Row>(...orders: readonly ((a: Row, b: Row) => number)[]): (a: Row, b: Row) => number {
	return (a, b) => {
		for (const order of orders) {
			const difference = order(a, b);
			if (difference !== 0) return difference;
		}
		return 0;
	};
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

function lower(code: number): number {
	return code >= 65 && code <= 90 ? code + 32 : code;
}

function numberEnd(text: string, start: number): number {
	let end = start;
	while (end < text.length && isDigit(text.charCodeAt(end))) end++;
	return end;
}

/** As numbers of any length: leading zeros aside, the longer is the larger. Without a new text for each of them. */
function compareDigits(a: string, i: number, left: number, b: string, j: number, right: number): number {
	let x = afterZeros(a, i, left);
	let y = afterZeros(b, j, right);
	const longer = left - x - (right - y);
	if (longer !== 0) return longer;
	for (; x < left; x++, y++) {
		const difference = a.charCodeAt(x) - b.charCodeAt(y);
		if (difference !== 0) return difference;
	}
	return 0;
}

function afterZeros(text: string, start: number, end: number): number {
	let index = start;
	while (index < end && text.charCodeAt(index) === 48) index++;
	return index;
}
