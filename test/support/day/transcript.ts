import type { Campground } from '../../campground/campground.ts'
import { type Seen, seen } from '../../campground/seen.ts'

const LONGEST = 240

/** A message and what became of it, also when it is gone. */
interface Said extends Seen {
  room: number
  /** Every boost that it ever had from a bot. */
  signs: string[]
  deleted: number | null
}

/** Looks at a Campfire all day long. */
export class Transcript {
  readonly said = new Map<number, Said>()
  #campfire: Campground

  constructor(campfire: Campground) {
    this.#campfire = campfire
    campfire.onChange = ({ what, message: id, room }) => {
      if (id !== undefined && room !== undefined) this.#look(id, room, what)
    }
  }

  in(room: { id: number }) {
    return [...this.said.values()].filter((message) => message.room === room.id)
  }

  /** As Markdown: who said what and when, and what was to be seen of it. */
  of(room: { id: number }) {
    return this.in(room).map(asMarkdown).join('\n')
  }

  #look(id: number, room: number, what: string) {
    const before = this.said.get(id)
    const message = this.#campfire.messages.find(id)
    if (before && what === 'deletion') before.deleted = Date.now()
    if (!message) return

    const now = seen(message, this.#campfire.people)
    const boosts = now.boosts.map(({ content }) => content)
    const signs = [...new Set([...(before?.signs ?? []), ...boosts])]
    this.said.set(id, { ...now, room, signs, deleted: null })
  }
}

function asMarkdown(message: Said) {
  const { id, at, creator, file, bytes } = message
  const head = `- ${timeOf(at)} #${id} **${creator.name}**`
  const body = file ? `📎 ${file} (${bytes?.length} bytes)` : shortened(textOf(message.screen))
  const lines = body.split('\n')
  const notes = notesOn(message)
  return lines.length > 1
    ? [`${head}${notes}`, '  ```text', ...lines.map((line) => `  ${line}`), '  ```'].join('\n')
    : `${head} ${body}${notes}`
}

function notesOn({ signs, boosts, edits, deleted }: Said) {
  const gone = signs.filter((sign) => !boosts.some(({ content }) => content === sign))
  const notes = [
    ...(gone.length ? [`${gone.join(' ')} for a while`] : []),
    ...boosts.map(({ who, content }) => `${content} ${who}`),
    ...(edits ? [`edited ${edits}×`] : []),
    ...(deleted === null ? [] : [`deleted ${timeOf(deleted)}`]),
  ]
  return notes.length ? ` *(${notes.join(', ')})*` : ''
}

/** Which bot it was is told by a hash, as long as it comes: it says nothing of the day. */
function shortened(said: string) {
  const text = said.replaceAll(/(?<=version [\d.]+, bot )\w+/g, '…')
  if (text.length <= LONGEST) return text
  return `${text.slice(0, LONGEST / 2)} … ${text.slice(-LONGEST / 4)} (${text.length} characters)`
}

/** As people see it: what was quoted in front, a list by its dots, and a mention by its name. */
function textOf(screen: string) {
  return screen
    .replace(
      /<blockquote>([\s\S]*?)<\/blockquote><cite>(.*?) <a.*?<\/cite><br>/,
      (_, said, who) => {
        return `(to ${who}: “${shortened(bare(said))}”) `
      },
    )
    .replace(/<div class="mention">(.*?)<\/div>/g, '$1')
    .replace(/<li[^>]*>/g, '• ')
    .replace(/<(br|\/p|\/li|\/div|\/pre|\/h\d)[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trim()
}

function bare(html: string) {
  return html.replace(/<[^>]*>/g, '').trim()
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function timeOf(ms: number) {
  const date = new Date(ms)
  return `${DAYS[date.getUTCDay()]} ${date.toISOString().slice(11, 16)}`
}
