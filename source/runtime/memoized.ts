/** The function, computed once for each argument; results live as long as their arguments. */
export function memoized<Argument extends object, Value>(
	compute: (argument: Argument) => Value,
): (argument: Argument) => Value {
	const results = new WeakMap<Argument, {readonly value: Value}>();
	return (argument) => {
		const known = results.get(argument);
		if (known) return known.value;
		const value = compute(argument);
		results.set(argument, {value});
		return value;
	};
}
