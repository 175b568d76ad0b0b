/** Where the time comes from: epoch milliseconds. Injected, so that a test can hold time still. */
export type Clock = () => number;

export const wallClock: Clock = () => Date.now();

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
