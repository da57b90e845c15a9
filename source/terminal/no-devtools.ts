/** Stands in for react-devtools-core in the bundle: Ink only imports it when DEV=true, which the bundle never sets. */
export const connectToDevTools = (): void => undefined;
