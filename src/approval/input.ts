import { unmasked } from '../campfire.ts'

/** Characters of what one tool use is shown of, about a screen. */
const LONGEST_INPUT = 1_500
/** A short value is shown whole, however many long ones stand beside it. */
const SHORT = 120

/**
 * The input of a tool use as people read it: a line for each field, longer text below its name, line by
 * line and indented. So no text can look like a field. `hidden` says how many characters are left out.
 */
export function readable(input: unknown, longest = LONGEST_INPUT) {
  const fields = isRecord(input)
    ? Object.entries(input).map(([name, value]) => field(named(name), value))
    : [field('input', input)]
  const long = fields.filter(({ text }) => text.length > SHORT)
  const share = Math.max(SHORT, Math.floor(longest / Math.max(1, long.length)))
  const shown = fields.map((one) => cutField(one, share))
  const all = shown.map(({ text }) => text).join('\n')

  // Not even the short ones fit, if there are hundreds of them.
  const most = 2 * longest
  const left = all.length > most ? all.length - most : 0
  const text = left ? `${all.slice(0, most).toWellFormed()}…` : all
  return { text, hidden: shown.reduce((sum, { hidden }) => sum + hidden, left) }
}

interface Field {
  name: string
  text: string
  below: boolean
}

function field(name: string, value: unknown): Field {
  if (typeof value === 'string' && /[\r\n]/.test(value)) {
    return { name, text: value.replace(/\r\n?/g, '\n'), below: true }
  }
  const line = JSON.stringify(value) ?? 'null'
  return line.length > SHORT && typeof value === 'object'
    ? { name, text: JSON.stringify(value, null, 2), below: true }
    : { name, text: line, below: false }
}

function cutField({ name, text, below }: Field, share: number) {
  const hidden = Math.max(0, text.length - share)
  const cut = unmasked(hidden ? `${text.slice(0, share)}…` : text)
  return { text: below ? `${name}:\n${cut.replace(/^/gm, '  ')}` : `${name}: ${cut}`, hidden }
}

/** The model may choose these, too. */
function named(name: string) {
  return /^[\w.-]{1,60}$/.test(name) ? name : JSON.stringify(name).slice(0, 60)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
