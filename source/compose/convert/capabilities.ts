/** Capabilities as docker sends them: in capitals, with `CAP_`, each once, sorted; what is added is not dropped. */
export function effectiveCapabilities(
	add: readonly string[],
	drop: readonly string[],
): {readonly add: readonly string[]; readonly drop: readonly string[]} {
	const added = normalized(add);
	const dropped = normalized(drop).filter((each) => !added.includes(each));
	return {add: added, drop: dropped};
}

function normalized(capabilities: readonly string[]): string[] {
	const names = new Set(
		capabilities.map((each) => {
			const name = each.trim().toUpperCase();
			return name === 'ALL' || name === 'RESET' || name.startsWith('CAP_') ? name : `CAP_${name}`;
		}),
	);
	if (names.has('ALL')) return ['ALL'];
	return [...names].filter((name) => name !== 'RESET').toSorted();
}
