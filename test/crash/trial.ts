import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { nameOf, personName } from '../../src/address.ts'
import type { Room } from '../../src/room.ts'
import type { Someone } from '../campground/composer.ts'
import type { ScriptedTurn } from '../kinds/killed.ts'
import type { McpServer } from '../support/mcp.ts'
import { tablesWith } from '../support/tables-with.ts'
import { betweenAccounts, betweenPeople, bill } from '../support/worker.ts'
import type { World } from '../support/world.ts'
import { judge } from './judge.ts'
import { Killer, type Strike } from './killer.ts'

const HOUR = 3_600_000
const MOST_RINGS = 40
/** In real time: what takes longer has come to a halt. */
const PATIENCE = 10_000

/** Another version of our Worker takes the room over, once. */
export interface Deploy {
  /** After so many handlers; else where the object dies. */
  after?: number
  /** What that version makes of the rows, or had made of them. */
  change(storage: DurableObjectStorage, trial: Trial): Promise<void> | void
}

/** One turn in a room of its own, struck where it is told to, until everything is at rest. */
export class Trial {
  readonly world: World
  readonly room: { id: number }
  readonly killer: Killer
  /** Messages for the bot, in order. */
  readonly asked: number[] = []
  /** Said as our bot, and not by this object. */
  readonly elsewhere = new Set<number>()
  guest: { id: number } | null = null
  /** Somebody else's, whose tools the bot uses. */
  server: McpServer | null = null
  #fell = false
  #deaths = 0
  /** What the model had refused before: a session is never torn, not for one call. */
  #refused = 0
  #deploy: Deploy | null
  #handlers: number | null = null

  constructor(world: World, strikes: Strike[], deploy: Deploy | null = null) {
    this.#deploy = deploy
    const { campfire, david, jason, kevin, assistant } = world
    this.world = world
    this.room = campfire.addRoom('Room', [david, jason, kevin, assistant])
    const name = nameOf({ url: campfire.origin, room: this.room.id, bot: assistant.id })
    this.killer = new Killer(name, strikes, (input, init) => world.fetch(input, init))
  }

  /** What is wrong in the end, in words. Empty: the promise was kept. */
  async run(turn: ScriptedTurn): Promise<string[]> {
    bill.start()
    vi.mocked(globalThis.fetch).mockImplementation(this.killer.fetch)
    betweenPeople.meets = this.killer.between
    betweenAccounts.meets = this.killer.betweenAccount
    const { promise: patience, reject } = Promise.withResolvers<never>()
    const alarm = setTimeout(() => reject(new Error('it hangs')), PATIENCE)
    try {
      return await Promise.race([this.#play(turn), patience])
    } catch (error) {
      return [`it broke: ${error instanceof Error ? error.stack : error}`]
    } finally {
      clearTimeout(alarm)
      betweenPeople.meets = null
      betweenAccounts.meets = null
      this.world.model.forget()
    }
  }

  async #play(turn: ScriptedTurn) {
    const { killer } = this
    this.#refused = this.world.model.refused.length
    await turn.before?.(this)
    this.#tellsInShort(turn)
    killer.arm()
    this.#handlers = 0
    await turn.play(this)
    await this.settle()
    await killer.arrivesLate()
    const atRest = await judge(this, turn, 'at rest')
    await this.passes(HOUR + 60_000)
    killer.disarm()
    const later = await judge(this, turn, 'an hour later')
    return [...atRest, ...later, ...(await this.goesOn(turn)), ...(await this.#remains(turn))]
  }

  /** Somebody of whom nobody knows anything yet. */
  newcomer() {
    const { campfire } = this.world
    const person = campfire.addPerson(`Guest ${this.room.id}`, 'member')
    campfire.rooms.get(this.room.id).members.push(person.id)
    this.guest = person
    return person
  }

  /** What the object of the newcomer keeps. */
  async personalFacts() {
    if (!this.guest) return []
    const name = personName({ url: this.world.campfire.origin }, this.guest.id)
    return await runInDurableObject(env.PEOPLE.getByName(name), (_, { storage }) =>
      storage.sql.exec('SELECT number, words FROM facts').toArray(),
    )
  }

  async says(person: Someone, text: string) {
    this.asked.push(await this.world.says(person, text, this.room))
  }

  /** Says it, and lets the bot finish. */
  async asks(person: Someone, text: string) {
    await this.says(person, text)
    await this.settle()
  }

  /** Fires the alarm as the platform does: when it is due, and at once where a handler died. */
  async settle() {
    for (let rings = 0; rings < MOST_RINGS; rings++) {
      const due = this.#fell ? Date.now() : await this.alarm()
      if (due === null) return
      if (due > Date.now()) {
        if (!(await this.isAtWork())) return
        vi.setSystemTime(due)
      }
      await this.ring()
    }
    throw new Error(`It rang ${MOST_RINGS} times and is not at rest`)
  }

  /** Fires the alarm whenever it is due until then. */
  async passes(ms: number) {
    const end = Date.now() + ms
    for (let rings = 0; rings < MOST_RINGS; rings++) {
      const due = this.#fell ? Date.now() : await this.alarm()
      if (due === null || due > end) break
      vi.setSystemTime(Math.max(due, Date.now()))
      await this.ring()
    }
    vi.setSystemTime(Math.max(end, Date.now()))
  }

  /** When it rings. Where what a message has begun died meanwhile, at once. */
  async alarm() {
    const asked = runInDurableObject(this.#stub(), (_, { storage }) => storage.getAlarm())
    const due = await asked.catch((error: { durableObjectReset?: boolean }) => {
      if (!error.durableObjectReset) throw error
      return Date.now()
    })
    if (this.#hasDied()) await this.#missSigns()
    return due
  }

  #hasDied() {
    const before = this.#deaths
    this.#deaths = this.killer.hits.filter((hit) => hit.startsWith('dies')).length
    return this.#deaths > before
  }

  /** The platform drops an alarm that failed too often; later the object dies, and something wakes it. */
  async losesItsAlarm() {
    const stub = this.#stub()
    await runInDurableObject(stub, (_, { storage }) => storage.deleteAlarm())
    await evictDurableObject(stub)
  }

  rows(sql: string) {
    return this.world.rows(sql, this.room)
  }

  answers() {
    return this.world.answers(this.room)
  }

  async isAtWork() {
    const [work] = await this.rows(
      `SELECT (SELECT count(*) FROM turns WHERE ended IS NULL)
         + (SELECT count(*) FROM messages WHERE turn IS NULL)
         + (SELECT count(*) FROM reminder_posts WHERE state IN ('intended', 'doubted')) AS open`,
    )
    return Number(work?.open) > 0
  }

  /** A session can always go on: the next question is answered, with what was said before in mind. */
  async goesOn(turn: ScriptedTurn) {
    const { remembers } = turn
    const { model, kevin } = this.world
    const before = this.answers().length
    model.forget()
    model.says('It goes on.')
    this.#tellsInShort(turn)
    await this.asks(kevin, 'and then?')
    const prompt = JSON.stringify(model.prompts.at(-1)?.messages)
    return [
      ...(this.answers().length === before + 1 ? [] : ['the next question has no single answer']),
      ...(this.answers().at(-1) === 'It goes on.' ? [] : [`it went on: ${this.answers().at(-1)}`]),
      ...(model.refused.length === this.#refused
        ? []
        : [`refused: ${model.refused.slice(this.#refused)}`]),
      ...(!remembers || prompt.includes(remembers) ? [] : [`it forgot "${remembers}"`]),
    ]
  }

  async #remains({ forgets }: ScriptedTurn) {
    if (!forgets) return []
    return await runInDurableObject(this.#stub(), (_, { storage }) =>
      tablesWith(storage.sql, forgets).map((table) => `"${forgets}" is left in ${table}`),
    )
  }

  #tellsInShort({ compacts }: ScriptedTurn) {
    for (let times = 0; compacts && times < 9; times++) this.world.model.compacts(compacts)
  }

  /** One run of the handler, to its end or its death. */
  async ring() {
    this.#fell = false
    const handler = runInDurableObject(this.#stub(), async (room: Room, { storage }) => {
      await storage.deleteAlarm()
      await room.alarm()
    })
    await handler.catch((error: { durableObjectReset?: boolean }) => {
      if (!error.durableObjectReset) throw error
      this.#fell = true
    })
    if (this.#handlers !== null) this.#handlers++
    if (this.#fell) await this.#missSigns()
    await this.#deployed()
  }

  /** What was told, and is not on disk, was lost with the object. */
  async #missSigns() {
    const known = await this.signs()
    for (const { boosts } of this.world.campfire.messagesIn(this.room)) {
      for (const { id } of boosts) if (!known.has(id)) this.killer.lost.add(id)
    }
  }

  /** The boosts that the rows know of. */
  async signs() {
    const rows = await this.rows(
      'SELECT signs FROM turns WHERE signs IS NOT NULL UNION ALL SELECT sign FROM messages',
    )
    return new Set(
      rows.flatMap(({ signs }) =>
        (String(signs).match(/(?<="boost":)\d+|^\d+$/g) ?? []).map(Number),
      ),
    )
  }

  async #deployed() {
    const deploy = this.#deploy
    const isTime = deploy?.after ? this.#handlers === deploy.after : this.#fell
    if (!deploy || this.#handlers === null || !isTime) return

    this.#deploy = null
    const stub = this.#stub()
    await runInDurableObject(stub, (_, { storage }) => deploy.change(storage, this))
    await evictDurableObject(stub)
  }

  #stub() {
    return this.world.room(this.room)
  }
}
