import { vi } from 'vitest'
import type { Someone } from '../campground/composer.ts'
import { chipOf } from '../campground/composer.ts'
import type { Person } from '../campground/people.ts'
import { answerTo } from './day/answers.ts'
import { SmallTalk, seeded } from './day/small-talk.ts'
import { Transcript } from './day/transcript.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

/** A Monday, far from the clock that fires real alarms. */
const MONDAY = Date.UTC(2035, 4, 7)
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOOK = 'https://robo.example.com/hook'
const CALM_FOR = 5

type Room = { id: number }

/** Eight people, three bots, two rooms and two directs, and a clock that is moved by hand. */
export class Day {
  readonly world: World
  readonly transcript: Transcript
  /** Requests that left us, by what they were for. */
  readonly asked: Record<string, number> = {}
  readonly people: Person[]
  readonly anna
  readonly ben
  readonly mei
  readonly sam
  readonly otherSam
  readonly robo
  /** Anna, Ben and the assistant. */
  readonly group
  /** Nobody reaches Campfire. */
  isDown = false
  #talk = new SmallTalk(seeded(37))
  #underWay = 0

  constructor(world: World) {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    vi.setSystemTime(MONDAY + 8 * 60 * MINUTE)
    const { campfire, david, jason, kevin, assistant, watercooler, office } = world
    this.world = world
    this.transcript = new Transcript(campfire)
    this.anna = campfire.addPerson('Anna')
    this.ben = campfire.addPerson('Ben')
    this.mei = campfire.addPerson('Mei')
    this.sam = campfire.addPerson('Sam')
    this.otherSam = campfire.addPerson('Sam')
    this.robo = campfire.addBot('Robo', { webhook: HOOK })
    this.people = [david, jason, kevin, this.anna, this.ben, this.mei, this.sam, this.otherSam]
    for (const one of [...this.people.slice(3), this.robo]) {
      campfire.join(watercooler, one)
      campfire.join(office, one)
    }
    this.group = campfire.addDirect([this.anna, this.ben, assistant])
    world.strangers.set(HOOK, async () => new Response(null, { status: 204 }))
    world.fault = (request, when) => this.#watch(request, when)
  }

  /** Every object of ours: a bot in a room. */
  get objects(): { name: string; room: Room; bot: Room }[] {
    const { watercooler, office, direct, assistant, analyst } = this.world
    return [
      { name: 'Assistant in Watercooler', room: watercooler, bot: assistant },
      { name: 'Analyst in Watercooler', room: watercooler, bot: analyst },
      { name: 'Assistant in Office', room: office, bot: assistant },
      { name: 'Analyst in Office', room: office, bot: analyst },
      { name: 'Assistant with David', room: direct, bot: assistant },
      { name: 'Assistant with Anna and Ben', room: this.group, bot: assistant },
    ]
  }

  /** As `Mon 09:05`. Whatever is due on the way is done when it is due. */
  async at(time: string) {
    const [day, hours, minutes] = time.split(/[ :]/)
    const days = day === 'Mon' ? 0 : 1
    const to = MONDAY + ((days * 24 + Number(hours)) * 60 + Number(minutes)) * MINUTE
    await this.settles()
    for (;;) {
      const next = await this.#nextDue()
      if (next > to) break
      vi.setSystemTime(Math.max(next, Date.now()))
      await this.settles()
    }
    if (to < Date.now()) throw new Error(`It is later than ${time} already`)
    vi.setSystemTime(to)
  }

  /** Some talk among people, one line a minute or so; it begins at this time. */
  async chats(time: string, lines: number, room: Room = this.world.watercooler) {
    await this.at(time)
    for (let line = 0; line < lines; line++) {
      await this.posts(this.#talk.pick(this.people), this.#talk.line(), room)
      vi.setSystemTime(Date.now() + 40 * SECOND)
    }
  }

  /** Says it; whom it names with an @ is mentioned. */
  async posts(person: Person, text: string, room: Room = this.world.watercooler, replyTo?: number) {
    const everyone = this.world.campfire.people.all
    const mentions = everyone.filter(({ name }) => new RegExp(`@${name}\\b`).test(text))
    const what = { text, mentions, ...(replyTo !== undefined && { replyTo }) }
    return await this.world.posts(person, what, room)
  }

  /** Says it, and everyone finishes. The model is asked so many times. */
  async asks(
    person: Person,
    text: string,
    { calls = 1, room, replyTo }: { calls?: number; room?: Room; replyTo?: number } = {},
  ) {
    this.answers(calls)
    const id = await this.posts(person, text, room, replyTo)
    await this.settles()
    return id
  }

  answers(calls: number) {
    for (let call = 0; call < calls; call++) this.world.model.answers(answerTo)
  }

  /** The model does not answer before it is so. */
  answersWhen(isSo: () => boolean) {
    this.world.model.answers(async (body) => {
      await until(isSo)
      return answerTo(body)
    })
  }

  /** The model writes one paragraph after another, and each takes so long. */
  grows(paragraphs: string[], ms: number, each: (piece: number) => Promise<unknown>) {
    this.world.model.says(paragraphs.join('\n\n'), {
      pieces: paragraphs.map((one, index) => (index ? `\n\n${one}` : one)),
      before: async (piece) => {
        await this.#calm()
        await each(piece)
        await this.#calm()
        vi.setSystemTime(Date.now() + ms)
      },
    })
  }

  /** Does all that is due now, wherever it is. */
  async settles() {
    for (let again = true; again; ) {
      await this.world.campfire.settled()
      again = false
      for (const { room, bot } of this.objects) {
        if (await this.world.ringsOnce(room, bot)) again = true
      }
    }
    await this.#calm()
  }

  /** To the assistant, by the bot API, as anybody's bot would. */
  async roboSays(text: string, room: Room) {
    const { campfire, assistant } = this.world
    const url = `${campfire.origin}/rooms/${room.id}/${this.robo.key}/messages`
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    const body = `${chipOf(assistant)} ${text}`
    await campfire.handle(new Request(url, { method: 'POST', headers, body }))
    await campfire.settled()
  }

  lastOf(bot: Someone, room: Room) {
    const last = this.world.campfire.postsOf(bot, room).at(-1)
    if (!last) throw new Error('It has said nothing yet')
    return last.id
  }

  async #nextDue() {
    const waits = await Promise.all(
      this.objects.map(({ room, bot }) => this.world.wakesIn(room, bot)),
    )
    const known = waits.filter((wait) => wait !== null)
    return Date.now() + Math.min(...known, Number.POSITIVE_INFINITY)
  }

  /** Until nothing is on its way to Campfire, and what came back was heard. */
  async #calm() {
    for (let calm = 0; calm < CALM_FOR; calm++) {
      await until(() => this.#underWay === 0)
      await new Promise((resolve) => setTimeout(resolve))
    }
  }

  async #watch({ method, url }: Request, when: 'before' | 'after') {
    const { origin, pathname } = new URL(url)
    if (origin !== this.world.campfire.origin) {
      if (when === 'after') vi.setSystemTime(Date.now() + 2 * SECOND)
      return undefined
    }
    this.#underWay += when === 'before' ? 1 : -1
    if (when === 'after') return undefined

    const thing = /\/(boosts|messages)(?:\/\d+)?$/.exec(pathname)?.[1]
    const name = `${method} ${thing}`
    this.asked[name] = (this.asked[name] ?? 0) + 1
    if (!this.isDown) return undefined
    this.#underWay--
    return new Response('', { status: 503 })
  }
}
