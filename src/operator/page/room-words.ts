import { HOUR, timeOf } from '../../clock.ts'
import type { WhyReason } from '../../sentences.ts'
import { span } from './words.ts'

type State = 'running' | 'paused' | 'replied' | 'silent' | 'stopped' | 'failed' | 'parked'

/** How a turn stands, in words and in a colour. */
export const STATES: Record<State, { says: string; looks: '' | 'good' | 'bad' | 'soft' }> = {
  running: { says: 'at work', looks: '' },
  paused: { says: 'waiting to go on', looks: '' },
  replied: { says: 'answered', looks: 'good' },
  silent: { says: 'kept silent', looks: 'soft' },
  stopped: { says: 'stopped', looks: 'soft' },
  failed: { says: 'failed', looks: 'bad' },
  parked: { says: 'given up after crashes', looks: 'bad' },
}

/** Why a turn spoke, or kept silent. */
export function why(reason: string | null) {
  const [word = '', number] = (reason ?? '').split(' ')
  if (word === 'schedule' && number) return `task ${number} was due`
  if (word === 'again' && number) return `turn ${number}, tried again`
  return Object.hasOwn(WHY, reason ?? '') ? WHY[reason as Reason] : (reason ?? '')
}

type Reason = WhyReason | 'test' | 'sign-in'

const WHY: Record<Reason, string> = {
  mentioned: 'it was mentioned',
  direct: 'a direct conversation',
  always: 'it answers everything here',
  files: 'a file was dropped for it',
  'not mentioned': 'it was not mentioned',
  'bots in a row': 'bots were talking to each other',
  'too many in a row': 'too much came at once, so it took a rest',
  'taken back': 'the question was deleted',
  forgotten: 'the question was forgotten',
  cancelled: 'the task had been cancelled',
  'answered elsewhere': 'it had been answered already',
  limit: 'a word about limits',
  'approval expired': 'nobody said yes in time',
  'approval unpaid': 'a spending limit blocked what was approved',
  'several people': 'several people talk here',
  note: 'a word to the operator',
  test: 'a test by an operator',
  'sign-in': 'a sign-in at another server has ended',
}

export function ago(now: string, at: string | null) {
  if (at === null) return 'never'
  const ms = Math.max(0, Date.parse(now) - Date.parse(at))
  return ms < 10_000 ? 'just now' : `${span(ms)} ago`
}

export function until(now: string, at: string) {
  const ms = Date.parse(at) - Date.parse(now)
  if (ms <= 0) return 'now'
  return `in ${ms < 2 * HOUR ? span(ms) : `${Math.round(ms / HOUR)} h`}`
}

/** As a person reads it, in UTC: nobody knows here where they are. */
export function moment(at: string) {
  return timeOf(Date.parse(at))
}

/** Null: no address that a browser should follow. */
export function linkTo(address: string, room: number, message?: number) {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  return `${address.replace(/\/+$/, '')}/rooms/${room}${message ? `/@${message}` : ''}`
}
