import { Dice } from './dice.ts'

/** What may be spent, of whom by their place in the plan. */
export interface PlannedLimit {
  for: 'installation' | 'bot' | 'room' | 'person'
  index: number
  per: 'day' | 'week' | 'month'
  usd: number
}

interface Wish {
  seed: string
  messages: number
  rooms: number
}

/** A call at its worst comes to a fifth of a dollar, and so does one that was lost; any other to less than a cent. */
const AMPLE = 1_000
/** For each message, and at least: most are answered before it is used up, or all of them. */
const ENOUGH = [0.3, 0.6]
const LEAST = 10
const TIGHT = [0.25, 0.45, 0.8]

/** Six of ten worlds have limits: ample ones, so that each call is counted, and some that are soon used up. */
export function limitsFor({ seed, messages, rooms }: Wish, people: number) {
  const dice = new Dice(seed, 'limits')
  if (dice.roll() >= 0.6) return []
  const someone = (whose: 'room' | 'person', of: number): PlannedLimit => {
    return { for: whose, index: dice.between(0, of - 1), per: 'day', usd: dice.pick(TIGHT) }
  }
  const limits: PlannedLimit[] = [
    { for: 'installation', index: 0, per: 'month', usd: AMPLE },
    { for: 'bot', index: 0, per: 'week', usd: AMPLE },
    {
      for: 'installation',
      index: 0,
      per: 'day',
      usd: Math.max(LEAST, messages * dice.pick(ENOUGH)),
    },
    someone('room', rooms),
    someone('room', rooms),
    someone('person', people),
    someone('person', people),
  ]
  return limits.filter((one, at) => limits.findIndex((other) => isSame(one, other)) === at)
}

function isSame(one: PlannedLimit, other: PlannedLimit) {
  return one.for === other.for && one.index === other.index && one.per === other.per
}
