/** The API's durations are nanoseconds, the clock's are milliseconds. */
export const millisecondsOf = (nanoseconds: number): number => nanoseconds / 1e6;
