import { short } from './statistics.ts'
import type { World } from './world.ts'

/** One thing that was found, beside what it should be. */
export interface Finding {
  what: string
  found: string
  goal: string
  /** `told`: there is nothing to reach. */
  verdict: 'reached' | 'not reached' | 'told'
  /** A count must hold on every machine and in every mood of it; a measure need not. */
  kind: 'count' | 'measure'
  /** Value by goal: 1 and less is reached. */
  ratio: number | null
  numbers: Record<string, number>
}

/** A row of the table of issue 5: one file each in `figures/`. */
export interface Figure {
  name: string
  title: string
  measure(bench: Bench): Promise<Finding[]>
}

export interface Bench {
  /** In seconds, to see that everything runs. */
  smoke: boolean
  /** The sources that are measured. */
  source: string
  /** For whatever is written. */
  home: string
  /** The built Worker between a stand-in Campfire and a stand-in model; closed after the figure. */
  open(wish?: { inspect?: boolean; script?: string; env?: Record<string, string> }): Promise<World>
  say(progress: string): void
}

export function atMost(
  what: string,
  value: number,
  goal: number,
  { unit = '', found, numbers = {} }: Telling = {},
): Finding {
  return {
    what,
    found: found ?? `${short(value)}${unit}`,
    goal: `≤ ${short(goal)}${unit}`,
    verdict: value <= goal ? 'reached' : 'not reached',
    kind: 'measure',
    ratio: value / goal,
    numbers: { value, goal, ...numbers },
  }
}

/** Everything that was to be is. */
export function exactly(what: string, value: number, goal: number): Finding {
  return {
    what,
    found: short(value),
    goal: `= ${short(goal)}`,
    verdict: value === goal ? 'reached' : 'not reached',
    kind: 'count',
    ratio: null,
    numbers: { value, goal },
  }
}

export function told(what: string, found: string, numbers: Record<string, number> = {}): Finding {
  return { what, found, goal: '', verdict: 'told', kind: 'measure', ratio: null, numbers }
}

interface Telling {
  unit?: string
  /** What is shown in place of the value. */
  found?: string
  numbers?: Record<string, number>
}
