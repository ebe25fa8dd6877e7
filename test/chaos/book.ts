export const CLAIMS = [
  'lost',
  'left double',
  'torn',
  'given up too early',
  'orphans',
  'rooms stuck',
  'taken twice',
  'tools run twice',
  'tools run without leave',
  'edits undone',
  'rooms served twice',
  'signs left standing',
  "Campfire's own words left standing",
  'refused by the model',
  'a limit passed',
  'told of a limit twice',
  'reserved for nothing',
  'sums unlike receipts',
  'too few answers to prove anything',
] as const
type Claim = (typeof CLAIMS)[number]

export interface Finding {
  claim: Claim
  room: number
  what: string
}

/** What the judge finds, and what came of everything, in numbers. */
export class Book {
  readonly findings: Finding[] = []
  readonly outcome: Record<string, number> = {}

  find(claim: Claim, room: number, what: string) {
    this.findings.push({ claim, room, what })
  }

  count(what: string, times = 1) {
    this.outcome[what] = (this.outcome[what] ?? 0) + times
  }
}

export function countsOf(all: string[]) {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}
