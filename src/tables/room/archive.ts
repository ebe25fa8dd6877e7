import { Numbered, type Pruned } from './archive/numbered.ts'
import { type Answers, LOOKS_BACK, type Remark, type Search } from './archive/remark.ts'
import { Unnumbered } from './archive/unnumbered.ts'
import { Numbers, SPAN } from './messages/numbers.ts'

export type { Remark, Search } from './archive/remark.ts'

interface Known {
  numbers: Numbers
  people: { like(name: string): ReadonlySet<number> }
}

/**
 * What was said to and by the bot in this room, and where the room is indexed what others said. Outlives the
 * session. It is kept by the message's number; what has none stands in a table of its own, with what was kept
 * by older versions.
 */
export class Archive {
  #numbered: Numbered
  #unnumbered: Unnumbered
  #known: Known
  /** Only spares us looking again. */
  #dropped = new Set<number>()

  constructor(sql: SqlStorage, known: Known = { numbers: new Numbers(sql), people: NOBODY }) {
    this.#numbered = new Numbered(sql)
    this.#unnumbered = new Unnumbered(sql)
    this.#known = known
  }

  add({ message, ...remark }: Remark) {
    if (message === null) this.#unnumbered.add({ message, ...remark })
    else this.#numbered.add({ ...remark, id: this.#stored(message), overheard: false })
  }

  search(wanted: Search) {
    const { person = '', order = 'newest', limit } = wanted
    const authors = person ? this.#known.people.like(person) : EMPTY
    const numbered = this.#numbered.search({ ...wanted, authors }).map(asRemark)
    const older = this.#unnumbered.search(wanted)
    const kept = new Set(numbered.map(({ message }) => message))
    // An older version has kept it, and then it was listed.
    const all = [
      ...numbered,
      ...older.filter(({ message }) => message === null || !kept.has(message)),
    ]
    return (order === 'best' ? all : newestFirst(all)).slice(0, limit)
  }

  /** The next numbers after this one that are kept. */
  above(message: number, count: number) {
    return this.#numbered.next(this.#stored(message), 'above', count).map((id) => id % SPAN)
  }

  /** So many as were kept last, newest first. */
  newest(count: number) {
    const numbered = this.#numbered.newest(count).map(asRemark)
    return newestFirst([...numbered, ...this.#unnumbered.newest(count)]).slice(0, count)
  }

  /** When the oldest remark was made, in ms since 1970. */
  oldest(): number | null {
    const known = [this.#numbered.oldest(), this.#unnumbered.oldest()].filter((at) => at !== null)
    return known.length ? Math.min(...known) : null
  }

  /** Everything; or what one person said, also as others claimed it, and what they were answered. */
  forget(author: number | null, answers?: Answers) {
    if (author === null) this.#numbered.dropAll()
    else this.#numbered.dropBy(author)
    this.#unnumbered.forget(author)
    if (answers) this.#dropAnswers(answers)
  }

  /** What the bot said to these, of late. */
  dropAnswers(answers: Answers) {
    this.#dropAnswers(answers, LOOKS_BACK)
  }

  #dropAnswers(answers: Answers, most?: number) {
    const { bot, isMeant } = answers
    const meant = this.#numbered
      .by(bot, most)
      .filter(({ id, at }) => isMeant({ message: id % SPAN, at }))
    this.#numbered.drop(meant.map(({ id }) => id))
    this.#unnumbered.dropAnswers(answers, most === undefined ? 'true' : undefined)
  }

  /** Drops what somebody has deleted in the room, and says what of it is news to this life of ours. */
  drop(messages: ReadonlySet<number>): number[] {
    const news = [...messages].filter((message) => !this.#dropped.has(message))
    if (!news.length) return news

    this.#numbered.drop(news.map((message) => this.#stored(message)))
    this.#unnumbered.drop(news)
    for (const message of news) this.#dropped.add(message)
    return news
  }

  /** What somebody has edited reads as it does now. */
  reword(texts: ReadonlyMap<number, string>) {
    if (!texts.size) return
    const stored = [...texts].map(([message, text]): [number, string] => [
      this.#stored(message),
      text,
    ])
    this.#numbered.reword(new Map(stored))
    this.#unnumbered.reword(texts)
  }

  /** Drops what is older, a bounded piece at a time. Rows are in the order of time. */
  prune(before: number) {
    this.#numbered.prune(before)
    this.#unnumbered.prune(before)
  }

  /** The same, and what others said in the room stays. It was looked at through the number `after` already. */
  pruneSaidToUs(before: number, after: number): Pruned {
    const { through, isDone } = this.#numbered.pruneSaidToUs(before, after)
    return { through, isDone: this.#unnumbered.prune(before) && isDone }
  }

  #stored(message: number) {
    return this.#known.numbers.era().epoch * SPAN + message
  }
}

const EMPTY: ReadonlySet<number> = new Set()
const NOBODY = { like: () => EMPTY }

function asRemark({ id, ...remark }: { id: number } & Omit<Remark, 'message'>): Remark {
  return { message: id % SPAN, ...remark }
}

function newestFirst(remarks: Remark[]) {
  return remarks.toSorted((a, b) => b.at - a.at)
}
