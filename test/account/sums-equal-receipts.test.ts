import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { dayAt } from '../../src/clock.ts'
import { costOf } from '../../src/model/prices.ts'
import type { Answer, Usage } from '../../src/model.ts'
import { recordOf } from '../../src/receipt.ts'
import { AccountReport } from '../../src/runtime.ts'
import { Steps } from '../../src/tables/room/steps.ts'
import type { TurnRow } from '../../src/tables/room/turns.ts'
import { openTables, type Tables } from '../../src/tables.ts'
import { useWorld } from '../support/world.ts'

const CAMPFIRE = 'https://chat.example.com'
const PLACES = [
  { room: 1, bot: 3 },
  { room: 2, bot: 3 },
  { room: 2, bot: 7 },
]
const MODELS = ['claude-sonnet-5-5', 'claude-haiku-5-5', 'claude-opus-5', 'not-on-the-list']
const HOUR = 3_600_000

useWorld()

const count = fc.integer({ min: 0, max: 150_000 })
const call = fc.record({
  model: fc.constantFrom(...MODELS),
  end: fc.constantFrom('answered', 'failed', 'unpaid', 'lost', 'uncounted'),
  input: count,
  cached: count,
  written: count,
  output: fc.integer({ min: 0, max: 8_000 }),
})
type Call = typeof call extends fc.Arbitrary<infer C> ? C : never
/** One room has most of it: much has to happen there before anything is set aside and told late. */
const where = fc.constantFrom(0, 0, 0, 1, 2)
const turn = fc.record({
  does: fc.constant('turn' as const),
  where,
  asker: fc.constantFrom(1, 2, 4, -2),
  calls: fc.array(call, { maxLength: 3 }),
  isAside: fc.boolean(),
})
const report = fc.record({
  does: fc.constant('report' as const),
  where,
  fate: fc.constantFrom('heard', 'lost', 'answer lost', 'twice'),
})
const act = fc.oneof(
  { weight: 4, arbitrary: turn },
  { weight: 3, arbitrary: report },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('compaction' as const), where, call }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('end' as const), where, call }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      hours: fc.integer({ min: -2, max: 40 }),
    }),
  },
)
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never
type Fate = 'heard' | 'lost' | 'answer lost' | 'twice'

/** What the account of one run has heard, over a line that loses and doubles. */
class Run {
  clock = Date.now()
  fate: Fate = 'heard'
  asides: TurnRow[][] = PLACES.map(() => [])
  #number: number

  constructor(number: number) {
    this.#number = number
  }

  /** Reached anew each time: an object may use no other's line. */
  get account() {
    return env.ACCOUNTS.getByName(`the account of run ${this.#number}`)
  }

  /** Each act in an object of its own life: nothing is known but what the rows say. */
  async inRoom<T>(where: number, work: (tables: Tables, report: AccountReport) => Promise<T> | T) {
    const place = { url: CAMPFIRE, ...(PLACES[where] ?? { room: 1, bot: 3 }) }
    const stub = env.ROOMS.getByName(`${nameOf(place)}`)
    return await runInDurableObject(stub, async (_, state) => {
      const tables = openTables(state, env)
      tables.now = () => this.clock
      const report = async (...told: Parameters<typeof this.account.report>) => {
        if (this.fate === 'lost') throw new Error('disconnected: lost on the way there')
        const answer = await this.account.report(...told)
        if (this.fate === 'twice') await this.account.report(...told)
        if (this.fate === 'answer lost') throw new Error('disconnected: lost on the way back')
        return answer
      }
      const ACCOUNTS = { getByName: () => ({ report }) }
      return await work(
        tables,
        new AccountReport(tables, { ...env, ACCOUNTS } as unknown as Env, () => {}),
      )
    })
  }

  async do(act: Act) {
    switch (act.does) {
      case 'wait':
        this.clock += act.hours * HOUR
        return
      case 'report':
        this.fate = act.fate as Fate
        await this.inRoom(act.where, (_, report) => report.tellNow())
        this.fate = 'heard'
        return
      case 'turn':
        return await this.inRoom(act.where, (tables) => this.#turn(tables, act))
      case 'end':
        return await this.inRoom(act.where, (tables) => this.#end(tables, act.where, [act.call]))
      case 'compaction':
        return await this.inRoom(act.where, (tables) => this.#compact(tables, act.call))
    }
  }

  /** Nothing is open and nothing on its way. */
  async rests() {
    for (const where of PLACES.keys()) {
      await this.inRoom(where, async (tables, report) => {
        while (this.asides[where]?.length) this.#end(tables, where, [])
        for (let more = 0; more < 3; more++) await report.tellNow()
      })
    }
  }

  #turn(tables: Tables, { where, asker, calls, isAside }: Extract<Act, { does: 'turn' }>) {
    const { turns } = tables
    const row = turns.begin({
      session: 1,
      kind: 'talk',
      asker,
      asker_name: 'Somebody',
      tier: 'hot',
      prompt: 'x',
      reason: null,
      signs: null,
      started: this.clock,
      takenThrough: 0,
    })
    this.#ask(tables, row, calls)
    if (isAside) {
      turns.change(row, { state: 'paused', due: this.clock, aside: 1 })
      this.asides[where]?.push(row)
    } else turns.change(row, { state: 'replied', ended: this.clock })
  }

  #end(tables: Tables, where: number, calls: Call[]) {
    const row = this.asides[where]?.shift()
    if (!row) return
    this.#ask(tables, row, calls)
    tables.turns.change(row, { state: 'failed', ended: this.clock, aside: 0 })
  }

  #ask({ sql }: Tables, row: TurnRow, calls: Call[]) {
    const steps = new Steps(sql, row.id)
    for (const call of calls) {
      const { model, end } = call
      const asking = {
        kind: 'talk' as const,
        model,
        notice: null,
        cost: worst(model),
        prefix: null,
      }
      const step = steps.ask(asking, this.clock)
      const usage = usageOf(call)
      const cost = end === 'uncounted' ? step.cost : costOf(model, usage)
      const failed = { error: 'overloaded', content: [] }
      if (end === 'answered' || end === 'uncounted')
        steps.answered(step, { ...ANSWER, model, usage }, cost, this.clock)
      else if (end === 'unpaid')
        steps.unanswered(step, { ...failed, state: 'failed', cost: 0 }, this.clock)
      else
        steps.unanswered(step, { ...failed, state: end === 'lost' ? 'lost' : 'failed' }, this.clock)
    }
  }

  #compact({ compactions, turns }: Tables, call: Call) {
    const { model, end } = call
    const asking = { session: 1, kind: 'told' as const, model, from_turn: 1, stubs_before: 1 }
    const turn = turns.last()?.id
    if (turn === undefined) return
    const id = compactions.ask({ ...asking, cost: worst(model), turn }, this.clock)
    const bill = { usage: usageOf(call), cost: costOf(model, usageOf(call)) }
    if (end === 'answered')
      compactions.answered(id, { ...bill, block: null, summary: 's' }, this.clock)
    else if (end === 'lost') compactions.lose(this.clock)
    else compactions.failed(id, 'empty', this.clock, end === 'uncounted' ? bill : null)
  }
}

/** What every receipt says was paid, in millionths, by each of the keys. */
async function receipts(run: Run) {
  const paid: {
    day: string
    bot: number
    room: number
    person: number
    model: string
    cost: number
  }[] = []
  for (const where of PLACES.keys()) {
    await run.inRoom(where, (tables) => {
      for (const { id } of tables.turns.newest(1_000)) {
        const row = tables.turns.find(id)
        const receipt = row && recordOf(tables, row, null)
        if (!receipt) continue
        const { bot, room } = receipt
        const at = (time: string | null) => dayAt(Date.parse(String(time)), 'UTC')
        const add = (person: number, day: string, { model, costDollars }: Paid) =>
          paid.push({ day, bot, room, person, model, cost: Math.round((costDollars ?? 0) * 1e6) })
        for (const step of receipt.steps) add(receipt.askerId, at(receipt.endedAt), step)
        for (const one of receipt.compactions) add(0, at(one.endedAt), one)
        const sum = [...receipt.steps, ...receipt.compactions]
          .map(({ costDollars }) => Math.round((costDollars ?? 0) * 1e6))
          .reduce((all, one) => all + one, 0)
        expect(Math.round(receipt.costDollars * 1e6)).toBe(sum)
      }
    })
  }
  return paid
}

interface Paid {
  model: string
  costDollars: number | null
}

function worst(model: string) {
  return model.startsWith('claude') ? 123_457 : null
}

function usageOf({ input, cached, written, output }: Call) {
  return {
    input_tokens: input,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: written,
    output_tokens: output,
  } as Usage
}

const ANSWER: Answer = {
  content: [],
  stopReason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 } as Usage,
  isCounted: true,
  messageId: 'msg_1',
  requestId: null,
  model: '',
  unreadableInputs: [],
}

let runs = 0

it('sums equal the receipts to the millionth, whatever is lost, doubled, late or set aside', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 25, size: 'max' }), async (acts) => {
      const run = new Run(++runs)
      for (const where of PLACES.keys()) {
        await run.inRoom(where, ({ sql }) => {
          for (const table of ['turns', 'steps', 'tool_uses', 'compactions', 'facts'])
            sql.exec(`DELETE FROM ${table}`)
        })
      }
      for (const one of acts) await run.do(one)
      await run.rests()

      const paid = await receipts(run)
      const everything = { from: '0000-01-01', to: '9999-12-31' }
      for (const by of ['day', 'bot', 'room', 'person', 'model'] as const) {
        const { rows, total } = await run.account.costs([by], everything)
        const sums = rows.filter(({ cost }) => cost).map((row) => [row[by], row.cost])
        const byKey = Map.groupBy(paid, (one) => one[by])
        const expected = [...byKey]
          .map(([key, all]) => [key, all.reduce((sum, { cost }) => sum + cost, 0)])
          .filter(([, cost]) => cost)
        expect(new Map(sums as [string, number][])).toEqual(new Map(expected as [string, number][]))
        expect(total?.cost).toBe(paid.reduce((sum, { cost }) => sum + cost, 0))
      }
      const { total } = await run.account.costs([], everything)
      const turns = acts.filter(({ does }) => does === 'turn')
      expect(total?.turns).toBe(turns.length)
    }),
    { numRuns: 40 },
  )
}, 120_000)
