import * as z from 'zod'
import {
  type Bot,
  changeBot,
  differencesOf,
  findBot,
  type Issue,
  membersOf,
  readWords,
  type Words,
  wordsOf,
} from '../bots.ts'
import { HOUR, inTime, MINUTE } from '../clock.ts'
import { inShort, log } from '../log.ts'
import { stored } from '../storage.ts'
import { BotVersionTable, type SavedVersion } from '../tables/account/bot-versions.ts'
import type { BotVersion } from '../tables/room/bot-versions.ts'
import type { Acts } from './acts.ts'

/** Bots of which some room may not have heard yet, the version that it is to hear of, and when that goes on. */
const Telling = z.object({ bots: z.record(z.string(), z.int()), due: z.number() })
type Telling = z.infer<typeof Telling>
const TELLING = 'telling'

/** Rooms that are told in one handler; the free plan gives it fifty requests. */
const AT_ONCE = 30
const PATIENCE = 10_000
/** At once for each page of the list. */
const LISTED = 50

export type Saving =
  | { ok: true; number: number; isNew: boolean }
  | { ok: false; why: 'unknown' | 'outdated' }
  | { ok: false; why: 'unfit'; issues: Issue[] }

/** What an operator has made of each bot, and which rooms have heard of it. */
export class BotVersions {
  #ctx: DurableObjectState
  #env: Env
  #table: BotVersionTable
  #acts: Acts
  /** How far the roster was gone through, and how many could not be told. Memory only: a death begins with whoever is left. */
  #round = { after: '', missed: 0 }
  /** Rounds in a row after which somebody was left. */
  #troubles = 0

  constructor(ctx: DurableObjectState, env: Env, acts: Acts) {
    this.#ctx = ctx
    this.#env = env
    this.#acts = acts
    this.#table = new BotVersionTable(ctx.storage.sql)
  }

  /** As an operator sees it: the version that holds, and what each changed of the one before. */
  view(bot: string, before?: number) {
    const newest = this.#table.newest(bot)
    const member = this.#memberOf(bot)
    const reached = newest ? this.#table.reached(member?.userId ?? 0, markOf(newest)) : null
    const listed = { limit: LISTED + 1, ...(before !== undefined && { before }) }
    const all = member ? this.#table.list(bot, listed) : []
    const versions = all.slice(0, LISTED).map(({ words, file, ...version }, index) => {
      const earlier = all[index + 1]
      const [was, is] = [earlier?.words ?? earlier?.file ?? file, words ?? file]
      return {
        ...version,
        isFile: words === null,
        changes: member ? differencesOf(readWords(member.bot, was), readWords(member.bot, is)) : [],
      }
    })
    return { newest, versions, more: all.length > LISTED, reached }
  }

  newest(bot: string) {
    return this.#table.newest(bot)
  }

  find(bot: string, number: number) {
    return this.#table.find(bot, number)
  }

  /** `from`: the version that whoever changes it has seen, 0 for none; null where they do not say. */
  async change(
    bot: string,
    changes: unknown,
    { who, from }: { who: string; from: number | null },
  ): Promise<Saving> {
    const file = this.#memberOf(bot)?.bot
    if (!file) return { ok: false, why: 'unknown' }
    const newest = this.#table.newest(bot)
    if (isOutdated(newest, from)) return { ok: false, why: 'outdated' }
    const before = wordsIn(file, newest)
    const changed = changeBot(before, changes)
    if (!changed.ok) return { ok: false, why: 'unfit', issues: changed.issues }
    return await this.#save(file, changed.words, { who, what: 'bot', again: null })
  }

  /** The words of an earlier version, or the file's, once more. */
  async goBack(
    bot: string,
    to: number | 'file',
    { who, from }: { who: string; from: number | null },
  ): Promise<Saving> {
    const file = this.#memberOf(bot)?.bot
    if (!file) return { ok: false, why: 'unknown' }
    if (isOutdated(this.#table.newest(bot), from)) return { ok: false, why: 'outdated' }
    const version = to === 'file' ? null : this.#table.find(bot, to)
    if (to !== 'file' && !version) return { ok: false, why: 'unknown' }
    const by = { who, what: to === 'file' ? 'file' : 'back', again: version?.number ?? null }
    if (!version?.words) return await this.#save(file, null, by)

    // What held then may hold no more: a tool that is gone, a model without a price.
    const checked = changeBot(readWords(file, version.words), {})
    if (!checked.ok) return { ok: false, why: 'unfit', issues: checked.issues }
    return await this.#save(file, checked.words, by)
  }

  newsFor(room: string, { bot, known }: { bot: string; known: number }): BotVersion | null {
    const newest = this.#table.newest(bot)
    if (!newest) return null
    if (newest.number > known) return told(newest)
    this.#table.told(room, markOf(newest))
    return null
  }

  /** An alarm that was replaced, or failed too often, comes back with whoever asks next. */
  async armWhenTelling() {
    const telling = this.#telling()
    if (telling) await this.#wakeAt(telling.due)
  }

  /** Tells some of the rooms that have not heard yet. What is left after a death the rows say. */
  async alarm() {
    const telling = this.#telling()
    if (!telling || telling.due > Date.now()) return await this.armWhenTelling()
    const due = this.#due(Object.keys(telling.bots))
    await Promise.all(due.map((one) => this.#tell(one)))
    if (due.length === AT_ONCE) return await this.#wakeAt(Date.now())

    const { missed } = this.#round
    this.#round = { after: '', missed: 0 }
    // Unless more was saved meanwhile.
    if (this.#telling()?.value !== telling.value) return
    if (!missed) {
      this.#troubles = 0
      this.#ctx.storage.sql.exec('DELETE FROM facts WHERE name = ?', TELLING)
    } else {
      log.warn('bot.not_told', { rooms: missed })
      const again = Date.now() + Math.min(MINUTE * 2 ** this.#troubles++, HOUR)
      this.#keepTelling({ bots: telling.bots, due: again })
      await this.#wakeAt(again)
    }
  }

  /** The version, who made it, that it is to be told, and the alarm are one commit: no `await` in between. */
  async #save(
    file: Bot,
    words: Words | null,
    { who, what, again }: { who: string; what: string; again: number | null },
  ): Promise<Saving> {
    const newest = this.#table.newest(file.name)
    const held = () => JSON.stringify(wordsIn(file, newest))
    const isSame = words === null ? !newest?.words : JSON.stringify(words) === held()
    if (isSame) return { ok: true, number: newest?.number ?? 0, isNew: false }

    const number = (newest?.number ?? 0) + 1
    const version = { bot: file.name, number, words, file: wordsOf(file), who, again }
    const now = Date.now()
    this.#table.add({ ...version, at: now })
    this.#acts.add({ who, what, about: `${file.name}, version ${number}`, at: now }, 'done')
    this.#keepTelling({ bots: { ...this.#telling()?.bots, [file.name]: number }, due: now })
    this.#round = { after: '', missed: 0 }
    log.info('bot.saved', { bot: file.name, version: number })
    await this.#ctx.storage.setAlarm(now)
    return { ok: true, number, isNew: true }
  }

  #telling() {
    const [row] = this.#ctx.storage.sql
      .exec<{ value: string }>('SELECT value FROM facts WHERE name = ?', TELLING)
      .toArray()
    const telling = row && stored(row.value, Telling, { table: 'facts', key: TELLING })
    return row && telling ? { ...telling, value: row.value } : null
  }

  #keepTelling(telling: Telling) {
    this.#ctx.storage.sql.exec(
      `INSERT INTO facts (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      TELLING,
      JSON.stringify(telling),
    )
  }

  #due(bots: string[]) {
    const { after } = this.#round
    const all = bots.flatMap((bot) => {
      const member = this.#memberOf(bot)
      const version = this.#table.newest(bot)
      if (!member || !version) return []
      const mark = markOf(version)
      const asked = { user: member.userId, mark, after, limit: AT_ONCE }
      return this.#table.untold(asked).map((room) => ({ room, version }))
    })
    const due = all.toSorted((a, b) => (a.room < b.room ? -1 : 1)).slice(0, AT_ONCE)
    this.#round.after = due.at(-1)?.room ?? after
    return due
  }

  async #tell({ room, version }: { room: string; version: SavedVersion }) {
    try {
      const heard = this.#env.ROOMS.getByName(room).learnVersion(told(version))
      if (await inTime(heard, PATIENCE)) return this.#table.told(room, markOf(version))
    } catch (error) {
      log.warn('room.not_reached', { error: inShort(error) })
    }
    this.#round.missed++
  }

  #memberOf(bot: string) {
    return findBot(membersOf(this.#env.BOT_KEYS).members, bot)
  }

  /** Never later than is set already. */
  async #wakeAt(due: number) {
    const set = await this.#ctx.storage.getAlarm()
    if (set === null || set > due) await this.#ctx.storage.setAlarm(due)
  }
}

/** The words that hold while this version does. */
function wordsIn(file: Bot, version: SavedVersion | null) {
  return version?.words ? readWords(file, version.words) : wordsOf(file)
}

function isOutdated(newest: SavedVersion | null, from: number | null) {
  return from !== null && from !== (newest?.number ?? 0)
}

function told({ bot, number, words }: SavedVersion): BotVersion {
  return { bot, number, words }
}

function markOf({ bot, number }: SavedVersion) {
  return `${bot} ${number}`
}
