import { differencesOf, type Words } from '../../bots.ts'

export interface Line {
  is: 'same' | 'gone' | 'new'
  text: string
}

/** What changed from one to the other, field by field; of the instructions line by line. */
export function compare(before: Words, after: Words) {
  const names = differencesOf(before, after)
  const fields = names.filter((name) => name !== 'instructions')
  return {
    fields: fields.map((name) => ({ name, before: before[name], after: after[name] })),
    instructions: names.includes('instructions')
      ? linesOf(before.instructions, after.instructions)
      : null,
  }
}

/** More are told as all gone and all new: to pair them would take seconds. */
const MOST_PAIRS = 1_000_000

/** The fewest lines that have to go and come; what begins and ends alike is not looked at twice. */
export function linesOf(before: string, after: string): Line[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const first = old.findIndex((line, at) => line !== now[at])
  const start = first < 0 ? Math.min(old.length, now.length) : first
  const most = Math.min(old.length, now.length) - start
  let alike = 0
  while (alike < most && old.at(-1 - alike) === now.at(-1 - alike)) alike++
  return [
    ...as('same', old.slice(0, start)),
    ...between(old.slice(start, old.length - alike), now.slice(start, now.length - alike)),
    ...as('same', old.slice(old.length - alike)),
  ]
}

function between(old: string[], now: string[]): Line[] {
  if (old.length * now.length > MOST_PAIRS) return [...as('gone', old), ...as('new', now)]
  const common = commonFrom(old, now)
  const lines: Line[] = []
  let [at, to] = [0, 0]
  while (at < old.length && to < now.length) {
    if (old[at] === now[to]) {
      lines.push(...as('same', old.slice(at, at + 1)))
      at++
      to++
    } else if (common(at + 1, to) >= common(at, to + 1)) {
      lines.push(...as('gone', old.slice(at, ++at)))
    } else {
      lines.push(...as('new', now.slice(to, ++to)))
    }
  }
  return [...lines, ...as('gone', old.slice(at)), ...as('new', now.slice(to))]
}

/** How many lines are common from these two on, in order. */
function commonFrom(old: string[], now: string[]) {
  const width = now.length + 1
  const counts = new Uint32Array((old.length + 1) * width)
  const at = (one: number, other: number) => counts[one * width + other] ?? 0
  for (let one = old.length - 1; one >= 0; one--) {
    for (let other = now.length - 1; other >= 0; other--) {
      counts[one * width + other] =
        old[one] === now[other]
          ? at(one + 1, other + 1) + 1
          : Math.max(at(one + 1, other), at(one, other + 1))
    }
  }
  return at
}

function as(is: Line['is'], texts: string[]): Line[] {
  return texts.map((text) => ({ is, text }))
}
