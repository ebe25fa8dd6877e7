import type { RoomOverview } from '../../src/operator/schemas.ts'
import type { Question } from './deliveries.ts'
import { askedIds } from './model.ts'
import { type Standing, standingOf } from './standing.ts'
import type { World } from './world.ts'

export interface Finding {
  claim: string
  room: number
  what: string
}

export interface Verdict {
  findings: Finding[]
  /** What came of the messages, in numbers. */
  outcome: Record<string, number>
}

export const CLAIMS = [
  'lost',
  'left double',
  'torn',
  'orphans',
  'rooms stuck',
  'taken twice',
  'tools run twice',
  'signs left standing',
  "Campfire's own words left standing",
  'refused by the model',
] as const
type Claim = (typeof CLAIMS)[number]

/** So long before a kill an id that was sent may not have been written down. */
const UNWRITTEN_MS = 500

/** As people see it: nothing that was acknowledged waits for an answer, and nothing is half said. */
export function looksDone(world: World) {
  return world.rooms.every(({ id }) => {
    const standing = postsIn(world, id)
    const answered = new Set(standing.flatMap(({ parts }) => parts.flatMap(({ ids }) => ids)))
    const isSaid = ({ id, acknowledged }: Question) =>
      !acknowledged || answered.has(id) || standing.some((one) => one.reference && one.id > id)
    return questionsIn(world, id).every(isSaid) && tornIn(standing).length === 0
  })
}

export async function judge(world: World, { expectMissed }: { expectMissed: boolean }) {
  const findings: Finding[] = []
  const outcome: Record<string, number> = {}
  const find = (claim: Claim, room: number, what: string) => findings.push({ claim, room, what })
  const count = (what: string, times = 1) => {
    outcome[what] = (outcome[what] ?? 0) + times
  }

  for (const room of world.rooms) judgeTools(world, room.id, find)
  for (const { id: room } of world.rooms) {
    const asked = questionsIn(world, room)
    if (!asked.length) continue
    const overview = await world.overview(room)
    const told = toldIn(overview, await world.session(room))
    judgeRoom({ room, asked, standing: postsIn(world, room), overview, told }, find, count)
  }
  judgeSigns(world, find, count)
  for (const refusal of new Set(world.model.refused)) find('refused by the model', 0, refusal)
  return { findings, outcome } satisfies Verdict

  function judgeRoom(
    { room, asked, standing, overview, told }: Seen,
    find: Find,
    count: (what: string, times?: number) => void,
  ) {
    const parts = standing.flatMap(({ parts }) => parts)
    const sentences = new Set(standing.flatMap(({ reference }) => reference ?? []))
    const first = asked.find(({ acknowledged }) => acknowledged)?.id ?? Number.POSITIVE_INFINITY
    for (const question of asked) {
      const { id, acknowledged, saying } = question
      const answers = new Set(parts.filter(({ ids }) => ids.includes(id)).map(({ name }) => name))
      const turns = told.filter(({ ids }) => ids.includes(id))
      const isTold =
        turns.some(({ reference }) => sentences.has(reference)) ||
        (!turns.length && isParked(question, overview, sentences))
      const isOver = answers.size > 0 || isTold
      const what = `message ${id}${saying.fate ? ` (${saying.fate})` : ''}`
      if (answers.size > 1) find('left double', room, `${what}: ${[...answers].join(' | ')}`)
      if (turns.length > 1) find('taken twice', room, `${what}: ${turns.map((t) => t.reference)}`)

      const known = acknowledged ? 'acknowledged' : 'not delivered'
      const end = answers.size ? 'answered' : isTold ? 'told so honestly' : 'nothing said'
      const why =
        acknowledged || isOver ? '' : id > first ? ', not found yet' : ', before the first'
      count(`${known}, ${end}${why}`)
      if (acknowledged && !isOver) find('lost', room, `${what} ${turnsOf(overview, turns)}`)
      if (!acknowledged && !isOver && expectMissed && id > first)
        find('lost', room, `${what}, missed`)
    }
    for (const [name, times] of countsOf(parts.map(({ name, part }) => `${name} part ${part}`))) {
      if (times > 1) find('left double', room, `answer to ${name} stands ${times} times`)
    }
    for (const torn of tornIn(standing)) {
      const isTold = told.some(({ reference, ids }) => {
        return sentences.has(reference) && ids.some((id) => torn.ids.includes(id))
      })
      if (isTold) count('broken off with an honest sentence')
      else find('torn', room, `answer to ${torn.name}: ${torn.why}`)
    }
    for (const { is, id, text } of standing) {
      if (is === 'orphan') find('orphans', room, `message ${id}: ${text.slice(0, 60)}`)
      if (is === "Campfire's words")
        find("Campfire's own words left standing", room, `message ${id}`)
    }
    const { waiting, running } = overview.queue
    if (waiting || running) {
      find('rooms stuck', room, `${waiting} waiting, ${running} running: ${turnsOf(overview, [])}`)
    }
    for (const { state } of overview.turns) count(`turns (of the last 20 a room) ${state}`)
    count(
      'crashes survived',
      overview.turns.reduce((sum, { crashes }) => sum + crashes, 0),
    )
  }
}

type Find = (claim: Claim, room: number, what: string) => void

interface Seen {
  room: number
  asked: Question[]
  standing: Standing[]
  overview: RoomOverview
  told: Told[]
}

interface Told {
  reference: string
  ids: number[]
}

/** What a parked turn took is in no session: it was what its asker had said by then. */
function isParked({ saying, at }: Question, { turns }: RoomOverview, sentences: Set<string>) {
  const asker = saying.person + 1 // people come first, and in this order
  return turns.some(({ state, reference, askerId, endedAt }) => {
    const isTheirs = askerId === asker && at <= Date.parse(endedAt ?? '')
    return state === 'parked' && isTheirs && sentences.has(reference)
  })
}

/** Which turn took which messages, as far as the session still has it. */
function toldIn({ turns }: RoomOverview, session: Awaited<ReturnType<World['session']>>): Told[] {
  return session.flatMap(({ turn, prompt = '', steps = [] }) => {
    const reference = turns.find(({ id }) => id === turn)?.reference ?? `turn ${turn}`
    const said = [prompt, ...steps.map(({ notice }) => notice ?? '')].join('\n')
    return turn ? [{ reference, ids: askedIds(said) }] : []
  })
}

export function postsIn(world: World, room: number) {
  return world.campfire.postsOf(world.bot, room).map(standingOf)
}

function questionsIn({ deliveries }: World, room: number) {
  return [...deliveries.questions.values()].filter((question) => question.room === room)
}

/** Answers of which something is missing, or that say themselves that more is to come. */
function tornIn(standing: Standing[]) {
  const all = standing.flatMap(({ parts }) => parts)
  const missing = [...new Map(all.map((part) => [part.name, part])).values()].flatMap(
    ({ name, ids, of }) => {
      const there = new Set(all.filter((part) => part.name === name).map(({ part }) => part))
      return there.size < of ? [{ name, ids, why: `${there.size} of ${of} parts stand` }] : []
    },
  )
  const drafts = standing.flatMap(({ parts: [first], isDraft, text }) =>
    first && isDraft ? [{ ...first, why: `ends with ${text.slice(-30)}` }] : [],
  )
  return [...missing, ...drafts]
}

function judgeTools(world: World, room: number, find: Find) {
  const messages = world.campfire.messagesIn(room)
  const files = messages.flatMap(({ file }) => (file?.startsWith('note-') ? [file] : []))
  for (const [file, times] of countsOf(files)) {
    if (times > 1) find('tools run twice', room, `${file} stands ${times} times`)
  }
  for (const { id, boosts } of messages) {
    const claps = boosts.filter(({ content }) => content === '👏').length
    if (claps > 1) find('tools run twice', room, `message ${id} has ${claps} boosts`)
  }
}

/** A boost whose id nobody could know stays: there is no way to ask for it. */
function judgeSigns(world: World, find: Find, count: (what: string) => void) {
  const { heard, refusedRemovals } = world.trouble
  for (const { id: room } of world.rooms) {
    for (const message of world.campfire.messagesIn(room)) {
      const signs = message.boosts.filter(({ content }) => content === '👀' || content === '⏳')
      for (const { id, content } of signs) {
        const boost = `${message.id}/${id}`
        const at = heard.get(boost)
        const isLost = at === undefined || world.kills.some((kill) => isJustBefore(at, kill))
        const why = refusedRemovals.has(boost)
          ? 'to remove it was tried once, and failed'
          : 'its id was sent, and nobody tried to remove it'
        if (isLost) count('signs whose id was lost')
        else find('signs left standing', room, `${content} on message ${message.id}: ${why}`)
      }
    }
  }
}

function isJustBefore(at: number, kill: number) {
  return at <= kill && kill - at < UNWRITTEN_MS
}

function turnsOf({ turns }: RoomOverview, told: Told[]) {
  const some = told.length
    ? turns.filter(({ reference }) => told.some((one) => one.reference === reference))
    : turns.slice(0, 3)
  const said = some.map(({ reference, state, reason, error, crashes }) => {
    return `${reference} ${state} ${[reason, error, `${crashes} crashes`].filter(Boolean).join(', ')}`
  })
  return `[${said.join('; ')}]`
}

function countsOf(all: string[]) {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}
