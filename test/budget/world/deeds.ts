import { PER } from '../../../src/budget/period.ts'

/** All four levels, for all three periods. */
export const WHOSE = ['installation', 'bot:0', 'bot:1', 'room:1', 'room:2', 'person:1', 'person:2']
export const LIMITS = WHOSE.length * PER.length

export type Deed =
  | { does: 'ask'; room: number; person: number; need: number }
  | { does: 'deliver'; which: number; fate: Fate }
  | { does: 'settle'; room: number; share: number }
  | { does: 'report'; room: number }
  | { does: 'room dies'; room: number }
  | { does: 'account dies' }
  | { does: 'recall'; which: number }
  | { does: 'clock'; hours: number }
  | { does: 'limits'; which: number; amount: number }
  | { does: 'give up waiting'; room: number }

export type Fate = 'arrives' | 'twice' | 'lost' | 'account dies before' | 'account dies after'
