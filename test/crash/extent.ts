/**
 * `some` points are struck in `npm test`, which has half a minute for it. `npm run crash-points` puts
 * another word here: `each` point, or `all` the pairs of a short turn too.
 */
export const extent = 'some' as 'some' | 'each' | 'all'
