const OURS = 'firekeeper'
interface Rule {
  allows: boolean
  path: string
}

/**
 * Whether whoever runs a site lets us read this path: by the rules for our name, or where there are none by those for
 * everyone. The longest that fits counts; of two as long the kinder one (RFC 9309).
 */
export function mayRead(robots: string, path: string) {
  const groups = groupsIn(robots)
  const rules = groups.get(OURS) ?? groups.get('*') ?? []
  const wanted = asCompared(path)
  const fitting = rules.filter((rule) => rule.path && fits(asCompared(rule.path), wanted))
  const longest = fitting.reduce((most, { path }) => Math.max(most, path.length), 0)
  const counting = fitting.filter((rule) => rule.path.length === longest)
  return counting.length === 0 || counting.some(({ allows }) => allows)
}

/** However its letters are written: `/~otter` is `/%7eotter`, and `/%E3%83%84` is `/ツ`. */
function asCompared(path: string) {
  return path
    .toWellFormed()
    .replace(/[^\p{ASCII}]+/gu, encodeURIComponent)
    .replace(/%[\da-f]{2}/gi, (code) => {
      const sign = String.fromCharCode(Number.parseInt(code.slice(1), 16))
      return /[\w.~-]/.test(sign) ? sign : code.toUpperCase()
    })
}

/** Rules by the name that they are for. Names that stand together share what follows. */
function groupsIn(robots: string) {
  const groups = new Map<string, Rule[]>()
  let names: string[] = []
  let isNaming = false
  for (const line of robots.split(/[\r\n]+/)) {
    const [, field = '', value = ''] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? []
    const kind = field.toLowerCase()
    if (kind === 'user-agent') {
      const name = value.trim().toLowerCase().replace(/\/.*$/, '')
      names = isNaming ? [...names, name] : [name]
      isNaming = true
      if (!groups.has(name)) groups.set(name, [])
    } else if (kind === 'allow' || kind === 'disallow') {
      isNaming = false
      const rule = { allows: kind === 'allow', path: value.trim() }
      for (const name of names) groups.get(name)?.push(rule)
    }
  }
  return groups
}

/** A star stands for anything, a dollar for the end. No pattern of a stranger's becomes one of ours. */
function fits(pattern: string, path: string) {
  const isWhole = pattern.endsWith('$')
  const [first = '', ...others] = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  if (!path.startsWith(first)) return false
  const last = isWhole ? others.pop() : undefined
  let at = first.length
  for (const part of others) {
    const found = path.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  if (!isWhole) return true
  return last === undefined
    ? path.length === at
    : path.length - last.length >= at && path.endsWith(last)
}
