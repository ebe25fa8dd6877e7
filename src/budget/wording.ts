import type { Sentences } from '../sentences.ts'
import type { LimitReached } from './errors.ts'

/** Whose limit, until when, and whom to ask; or that it is only reserved. */
export function limitSentence({ limit: say, locale }: Sentences, reached: LimitReached) {
  const { limit, timeZone, isReserved } = reached
  if (isReserved) return say.tiedUp
  const [whose] = limit.for.split(':')
  const until = untilIn(limit.ends, timeZone, locale)
  switch (whose) {
    case 'person':
      return say.yours(until)
    case 'room':
      return say.room(until)
    case 'bot':
      return say.mine(until)
    default:
      return say.everyones(until)
  }
}

export function untilIn(ends: number, timeZone: string, locale: string) {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(ends)
}

export function dollars(millionths: number, locale: string) {
  return new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' }).format(
    millionths / 1_000_000,
  )
}
