import type { TurnRow } from './row.ts'

/** Why a turn speaks that nobody has asked for just now: its reminder is due. */
export function reasonOfSchedule(reminder: number): `schedule ${number}` {
  return `schedule ${reminder}`
}

/** An operator has us try again what came to nothing in this turn. */
export function reasonOfAgain(turn: number): `again ${number}` {
  return `again ${turn}`
}

export function isAgain({ reason }: Pick<TurnRow, 'reason'>) {
  return reason?.startsWith('again ') ?? false
}

export function isScheduled({ reason }: Pick<TurnRow, 'reason'>) {
  return reason?.startsWith('schedule ') ?? false
}
