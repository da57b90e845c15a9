/** Text that may reach the terminal: one line, no control characters, nothing that moves, hides or reorders. */
declare const brand: unique symbol;
export type SafeText = string & {readonly [brand]: 'safe'};
