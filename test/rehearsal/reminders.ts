import { z } from 'zod'
import type { Block } from '../support/sse.ts'
import type { Asking } from './memory.ts'
import { useOf } from './use.ts'

const MINUTE = 60_000

/** By its tool; a bot without one says so. */
export function reminders(asking: Asking, input: object): string | Block {
  const use = useOf(asking, /^reminders$/)
  return typeof use !== 'string' && use.type === 'tool_use' ? { ...use, input } : use
}

/** "remind me in 2 minutes to stretch", "remind us tomorrow at 14:00: standup" */
export function remind(asking: Asking, [, whom = '', rest = '']: RegExpExecArray): string | Block {
  const { at, text } = timeIn(rest, asking.now.at)
  if (at === null) return 'When? Say “in 2 minutes” or “tomorrow at 14:00”.'
  const isMine = whom.toLowerCase() === 'me'
  const input = { action: 'add', text, ...when(asking, at), whom: isMine ? 'me' : 'room' }
  return reminders(asking, input)
}

export function snooze(asking: Asking, [, rest = '']: RegExpExecArray): string | Block {
  const at = timeIn(rest, asking.now.at).at ?? asking.now.at + 10 * MINUTE
  return reminders(asking, { action: 'snooze', ...when(asking, at) })
}

export function cancel(asking: Asking, [, number]: RegExpExecArray): string | Block {
  return reminders(asking, { action: 'cancel', number: Number(number) })
}

/** "every weekday at 9: summarise yesterday" is a task, as it would be for Claude. */
export function everyDay(
  asking: Asking,
  [, what = '', rest = '']: RegExpExecArray,
): string | Block {
  const [, hour = '9', minute = '0'] = /\bat (\d{1,2})(?::(\d\d))?/.exec(rest) ?? []
  const text = rest.replace(/^\s*at [\d:]*\d[:,]?\s+/, '').trim()
  const days = what.toLowerCase() === 'weekday' ? 'MON-FRI' : '*'
  const isHourly = what.toLowerCase() === 'hour'
  const cron = isHourly ? '0 * * * *' : `${Number(minute)} ${Number(hour)} * * ${days}`
  return reminders(asking, { action: 'add', text, cron, zone: asking.now.zone, isPrompt: true })
}

function when({ now }: Asking, at: number) {
  return { at: new Date(at).toISOString().slice(0, 19), zone: now.zone }
}

function timeIn(words: string, now: number): { at: number | null; text: string } {
  const span = /\bin (\d+|an?|half an) (minute|hour|day)s?\b/i.exec(words)
  const clock = /\b(tomorrow )?at (\d{1,2})(?::(\d\d))?(?: ?(am|pm))?( tomorrow)?\b/i.exec(words)
  const rest = words.replace((span ?? clock)?.[0] ?? '', '').replace(/^[\s,:]+/, '')
  const text = rest.replace(/^(to|that|of)\b[\s,:]*/i, '').trim()
  return { at: spanOf(span, now) ?? clockOf(clock, now), text: text || 'It is time.' }
}

const UNITS: Record<string, number> = { minute: MINUTE, hour: 60 * MINUTE, day: 1_440 * MINUTE }

function spanOf(span: RegExpExecArray | null, now: number) {
  if (!span) return null
  const [, count = '1', unit = ''] = span
  const times = /^half/i.test(count) ? 0.5 : Number(count) || 1
  return now + times * (UNITS[unit.toLowerCase()] ?? MINUTE)
}

function clockOf(clock: RegExpExecArray | null, now: number) {
  if (!clock) return null
  const [, before, hour = '0', minute = '0', half = '', behind] = clock
  const noon = /pm/i.test(half) && Number(hour) < 12 ? 12 : 0
  const midnight = new Date(now).setUTCHours(0, 0, 0, 0)
  const at = midnight + ((Number(hour) + noon) * 60 + Number(minute)) * MINUTE
  return before || behind || at <= now ? at + 1_440 * MINUTE : at
}

const Kept = z.object({
  number: z.number(),
  text: z.string(),
  next: z.string().optional(),
  after_that: z.string().optional(),
})
const Report = z.object({ result: z.union([z.array(Kept), Kept]) })

/** What was kept, said back as Claude would. */
export function reminderReport(text: string): string {
  const { data } = Report.safeParse(JSON.parse(text))
  if (!data) return 'It is done.'
  const { result } = data
  if (!Array.isArray(result)) return lineOf(result)
  return ['To come:', result.map((one) => `- ${lineOf(one)}`).join('\n')].join('\n\n')
}

function lineOf({ number, text, next, after_that: then }: z.infer<typeof Kept>) {
  const times = next ? `, on ${next}${then ? `, and then on ${then}` : ''}` : ''
  return `Reminder ${number}: ${text}${times}.`
}
