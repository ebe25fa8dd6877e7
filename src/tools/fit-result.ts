/** A result as the model reads it, and what was cut of it, in words. */
interface Fitting {
  result: unknown
  cut?: string
}

/**
 * What fits of a result that is too long: of a list its first entries, of anything else its beginning. What
 * is not there is said, since half a list looks like a whole one.
 */
export function fitResult(result: unknown, longest: number): Fitting {
  const json = jsonOf(result)
  if (json.length <= longest) return { result }
  if (Array.isArray(result)) return fitList(result, longest)
  const text = typeof result === 'string' ? result : json
  return {
    result: `${text.slice(0, longest).toWellFormed()}…`,
    cut: `These are the first ${longest} of ${text.length} characters. Ask for less.`,
  }
}

function fitList(list: unknown[], longest: number): Fitting {
  let left = longest
  const end = list.findIndex((entry) => {
    left -= jsonOf(entry).length + 1
    return left < 0
  })
  if (end === 0) return fitResult(jsonOf(list), longest)
  return {
    result: list.slice(0, end),
    cut: `These are the first ${end} of ${list.length} entries. Ask for fewer, or for the others.`,
  }
}

/** No BigInt, no cycle, nothing else that JSON cannot carry: that throws. */
function jsonOf(value: unknown) {
  return JSON.stringify(value) ?? 'null'
}
