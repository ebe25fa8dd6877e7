export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Without what is another each time: when it was, where a picture is, how a mention is signed. */
export function tidy(json: Json): Json {
  if (typeof json === 'string') return tidied(json)
  if (Array.isArray(json)) return json.map(tidy)
  if (json === null || typeof json !== 'object') return json
  const fields = Object.entries(json).map(([name, value]) => [
    name,
    isTime(name, value) ? 'a time' : tidy(value),
  ])
  return Object.fromEntries(fields)
}

function tidied(text: string) {
  return withoutSigns(text).replace(
    /(?:https:\/\/chat\.example\.com)?\/users\/[^/"\s]+\/avatar(?:\?v=\d+)?/g,
    'a picture',
  )
}

/** As long as it was: of what is cut off only the length is recorded. */
export function withoutSigns(text: string) {
  return text.replace(/--(?!0{40})[0-9a-f]{40}/g, `--${'s'.repeat(40)}`)
}

function isTime(name: string, value: Json) {
  return name === 'created_at' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value))
}

/**
 * Ours, cut where the recording is cut: "… (36 more)" stands for so many entries of a list, or so
 * many characters of a text. What is not as recorded stays as it is, and will be seen.
 */
export function alike(ours: Json, recorded: Json): Json {
  if (typeof ours === 'string' && typeof recorded === 'string') return cutText(ours, recorded)
  if (Array.isArray(ours) && Array.isArray(recorded)) {
    return cutList(ours, recorded).map((entry, n) => alike(entry, recorded[n] ?? null))
  }
  if (!isObject(ours) || !isObject(recorded)) return ours
  const fields = Object.entries(ours).map(([name, value]) => [
    name,
    alike(value, recorded[name] ?? null),
  ])
  return Object.fromEntries(fields)
}

function cutText(ours: string, recorded: string) {
  const [, beginning = '', more] = CUT.exec(recorded) ?? []
  if (more === undefined || ours === recorded || !ours.startsWith(beginning)) return ours
  return `${beginning}… (${[...ours].length - [...beginning].length} more)`
}

function cutList(ours: Json[], recorded: Json[]) {
  const at = recorded.findIndex((entry) => typeof entry === 'string' && CUT.test(entry))
  if (at < 0) return ours
  const rest = recorded.length - at - 1
  const cut = `… (${ours.length - at - rest} more)`
  return [...ours.slice(0, at), cut, ...(rest ? ours.slice(-rest) : [])]
}

const CUT = /^([\s\S]*)… \((\d+) more\)$/

function isObject(json: Json): json is { [name: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
