export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** So far Campfire's clock may be from ours. */
export const CLOCKS_APART = 2 * HOUR
