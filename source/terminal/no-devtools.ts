/** Stands in for react-devtools-core in the bundle: Ink only loads it when DEV=true, and the bundle never does. */
const devtools = {
	initialize: (): void => undefined,
	connectToDevTools: (): void => undefined,
};

// biome-ignore lint/style/noDefaultExport: the package that it stands in for has one, and Ink imports it
export default devtools;
