import { digest } from './digest.ts'

/** The signed id of a person, as Rails writes it: what a mention chip carries. */
export function sgidOf(person: number): string {
  const data = `gid://campfire/User/${person}?expires_in`
  const json = JSON.stringify({ _rails: { data, pur: 'attachable' } })
  const payload = btoa(json).replaceAll('+', '-').replaceAll('/', '_')
  return `${payload}--${sign(payload)}`
}

/** Whom an sgid names, and whether we signed it; null when it names nobody at all. */
export function personIn(sgid: string): { id: number; signed: boolean } | null {
  const [payload = '', signature] = sgid.split('--')
  const id = /gid:\/\/campfire\/User\/(\d+)/.exec(decode(payload))?.[1]
  return id ? { id: Number(id), signed: signature === sign(payload) } : null
}

/** As the server's secret would. */
export function sign(payload: string) {
  return digest(`campground ${payload}`)
}

function decode(payload: string) {
  try {
    return atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
