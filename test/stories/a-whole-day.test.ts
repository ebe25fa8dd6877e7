import { evictDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { openWork, strayPosts, takenMessages, totalsOf } from '../support/day/books.ts'
import { Day } from '../support/day.ts'
import { until } from '../support/until.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

// A day in a busy room, as one story: what people saw stands in day.md, and at its end what it took.
// When something was changed on purpose: `npx vitest run --root test --project worker day.test.ts -u`
// writes it anew; read the difference before it is kept.

const world = useWorld()
const assistant = useBotChanges()

it('is a day like any other, and everything that is said to a bot has one end', async () => {
  // Over night is long enough; and a boost is a thing that somebody must say yes to.
  assistant({ ttlMinutes: 600, approval: { boost: 'always', attach_file: 'never' } })
  bill.start()
  const day = new Day(world)

  await aMorningOfQuestions(day)
  await threeRequests(day)
  await longAnswers(day)
  await people(day)
  await bots(day)
  await directs(day)
  await troubles(day)
  await stops(day)
  await anEvening(day)
  await theNextMorning(day)

  const { watercooler, office, direct } = world
  const golden = [
    '# A day in a busy room',
    'What people saw of it, and at the end what it took. Written by day.test.ts, which says how.',
    `## Watercooler\n\n${day.transcript.of(watercooler)}`,
    `## Office\n\n${day.transcript.of(office)}`,
    `## David and Assistant, a direct\n\n${day.transcript.of(direct)}`,
    `## Anna, Ben and Assistant, a direct\n\n${day.transcript.of(day.group)}`,
    `## What it took\n\n${await totalsOf(day)}`,
  ].join('\n\n')

  for (const object of day.objects) {
    const { said, taken, ends } = await takenMessages(day, object)
    expect.soft({ of: object.name, taken }).toEqual({ of: object.name, taken: said })
    expect.soft({ of: object.name, ends }).toEqual({ of: object.name, ends: [] })
    expect.soft(await strayPosts(day, object)).toEqual([])
    expect.soft(await openWork(day, object)).toEqual({ turns: 0, messages: 0, due: false })
  }
  expect.soft(signsLeft(day)).toEqual([])
  expect.soft(saidTwice(day)).toEqual([])
  await expect(`${golden}\n`).toMatchFileSnapshot('./day.md')
}, 60_000)

async function aMorningOfQuestions(day: Day) {
  const { david, jason, kevin, watercooler } = day.world
  await day.chats('Mon 08:50', 12)
  await day.at('Mon 09:05')
  await day.asks(jason, '@Assistant what is 12 × 7?')
  await day.at('Mon 09:07')
  const product = day.lastOf(day.world.assistant, watercooler)
  await day.asks(kevin, '@Assistant and times 2?', { replyTo: product })
  await day.asks(day.anna, '@Assistant help', { calls: 0 })
  await day.at('Mon 09:10')
  await day.asks(jason, '@Assistant why', { calls: 0, replyTo: product })

  await day.chats('Mon 09:12', 10)
  const secret = await day.posts(kevin, 'The door code is 4711')
  await day.at('Mon 09:21')
  day.world.campfire.deleteMessage(secret)
  await day.chats('Mon 09:22', 3)
  await day.at('Mon 09:31')
  await day.asks(day.mei, '@Assistant what did I miss?')
  await day.asks(day.mei, '@Assistant what did Kevin say?')

  await day.at('Mon 09:40')
  const coffee = { isHalfSaid: false, mayGoOn: false }
  const paragraphs = [
    'First, *heat* the water.',
    'Then grind the beans:',
    '- not too fine',
    'Pour.',
  ]
  day.grows([...paragraphs, 'Wait four minutes.'], 3_000, async (piece) => {
    if (piece !== 2) return
    coffee.isHalfSaid = true
    await until(() => coffee.mayGoOn)
  })
  day.answers(1)
  await day.posts(david, '@Assistant explain how we make coffee')
  const settling = day.settles()
  await until(() => coffee.isHalfSaid)
  const waiting = await day.posts(jason, '@Assistant are you busy?')
  await until(() => day.transcript.said.get(waiting)?.signs.includes('⏳') ?? false)
  coffee.mayGoOn = true
  await settling

  await day.at('Mon 09:50')
  let isSteered = false
  day.answersWhen(() => isSteered)
  day.answers(1)
  await day.posts(day.ben, '@Assistant compare the quarters')
  const comparing = day.settles()
  await until(() => day.world.model.left === 1)
  await day.posts(day.ben, '@Assistant only Q3 please')
  isSteered = true
  await comparing
}

async function threeRequests(day: Day) {
  const { jason, kevin } = day.world
  await day.chats('Mon 09:55', 6)
  const [liked, other, third] = day.transcript.in(day.world.watercooler).map(({ id }) => id)
  await day.at('Mon 10:00')
  await day.asks(day.anna, `@Assistant boost message ${liked}`)
  await day.asks(jason, '@Assistant yes')
  await day.asks(day.anna, '@Assistant yes')
  await day.at('Mon 10:05')
  await day.asks(kevin, `@Assistant boost message ${other}`)
  await day.asks(kevin, '@Assistant no')
  await day.at('Mon 10:10')
  await day.asks(day.sam, `@Assistant boost message ${third}`)
}

async function longAnswers(day: Day) {
  await day.chats('Mon 10:12', 14)
  await day.at('Mon 10:30')
  await day.asks(day.mei, '@Assistant write the minutes of the meeting')
  await day.at('Mon 10:40')
  await day.asks(day.ben, '@Assistant the figures as a table')
  await day.at('Mon 10:50')
  await day.asks(day.otherSam, '@Assistant tell me everything you know')
  await day.at('Mon 11:00')
  await day.asks(day.world.kevin, '@Assistant the figures as a file', { calls: 2 })
}

async function people(day: Day) {
  const { jason, kevin } = day.world
  await day.chats('Mon 11:02', 10)
  await day.posts(kevin, '@Anna have you got a minute?')
  await day.at('Mon 11:15')
  await day.asks(jason, '@Assistant tell Anna that the figures are there')
  await day.asks(jason, '@Assistant tell Sam that it is noon')
  await day.asks(jason, '@Assistant tell Nobody that it is late')
}

async function bots(day: Day) {
  const { david, office } = day.world
  await day.chats('Mon 11:20', 10, office)
  await day.at('Mon 11:30')
  await day.asks(day.mei, '@Analyst is it worth it?', { room: office })
  await day.at('Mon 11:35')
  await day.asks(david, '@Assistant and @Robo agree on a name', { room: office })
  for (const calls of [1, 1, 1, 0]) {
    day.answers(calls)
    await day.roboSays('And then?', office)
    await day.settles()
  }
  await day.at('Mon 11:40')
  await day.asks(david, '@Assistant are you done?', { room: office })
}

async function directs(day: Day) {
  const { campfire, david, direct } = day.world
  const { group, anna, ben } = day
  await day.at('Mon 12:00')
  await day.asks(david, 'what is 6 × 9?', { room: direct })
  const bytes = new TextEncoder().encode('%PDF-1.7')
  await day.world.posts(
    david,
    { file: { name: 'plan.pdf', type: 'application/pdf', bytes } },
    direct,
  )
  await day.asks(david, 'what do you make of this?', { room: direct })
  await day.at('Mon 12:10')
  await day.asks(david, 'forget this conversation', { room: direct, calls: 0 })
  await day.asks(david, 'which question was my first?', { room: direct })

  await day.at('Mon 12:20')
  await day.asks(anna, 'plan the trip', { room: group })
  await day.asks(ben, 'Anna, which trip?', { room: group, calls: 0 })
  await day.asks(anna, 'the one to the sea', { room: group, calls: 0 })
  await day.at('Mon 12:25')
  await day.asks(ben, '@Assistant book the trip', { room: group })
  expect(campfire.messagesIn(group)).toHaveLength(7)
}

async function troubles(day: Day) {
  const { campfire, jason, model } = day.world
  const signsOf = (id: number) => campfire.messages.find(id)?.boosts.length ?? 0
  await day.chats('Mon 12:50', 14)
  await day.at('Mon 13:10')
  model.fails(529).fails(529)
  await day.asks(jason, '@Assistant what is 3 × 3?')
  await day.at('Mon 13:20')

  day.answersWhen(() => day.isDown)
  const question = await day.posts(day.mei, '@Assistant what is 4 × 4?')
  const answering = day.settles()
  // Its sign stands by then, however busy the machine is.
  await until(() => model.left === 0 && signsOf(question) > 0)
  day.isDown = true
  await answering
  await day.at('Mon 13:22')
  day.isDown = false
  await day.at('Mon 13:30')
  await evictDurableObject(day.world.room())

  await day.asks(jason, '@Assistant which question was my first?')
}

async function stops(day: Day) {
  const { david, jason, model } = day.world
  await day.chats('Mon 13:40', 12)
  for (const [time, person, word] of [
    ['Mon 14:00', jason, '@Assistant stop'],
    ['Mon 14:05', david, '@Assistant Stop!'],
  ] as const) {
    await day.at(time)
    const asked = model.prompts.length
    model.hangs('text', `At ${time} once upon a time there was a bot`)
    await day.posts(jason, '@Assistant tell me a story')
    const telling = day.settles()
    await until(() => model.prompts.length > asked)
    await day.posts(person, word)
    await telling
  }
}

async function anEvening(day: Day) {
  const { office } = day.world
  await day.chats('Mon 15:00', 16)
  await day.chats('Mon 16:00', 10, office)
  await day.at('Mon 17:30')
  await day.asks(day.ben, '@Assistant are you tired?')
}

async function theNextMorning(day: Day) {
  await day.chats('Tue 08:40', 10)
  await day.at('Tue 09:00')
  await day.asks(day.ben, '@Assistant what do you remember?', { calls: 2 })
  await day.at('Tue 10:30')
}

function signsLeft({ transcript }: Day) {
  const boosts = [...transcript.said.values()].flatMap(({ boosts }) => boosts)
  return boosts.filter(({ content }) => content === '👀' || content === '⏳')
}

/** Whatever a bot says, it says once. */
function saidTwice({ world: { campfire }, objects }: Day) {
  return objects.flatMap(({ room, bot }) => {
    const said = campfire.postsOf(bot, room).map(({ screen, file }) => file ?? screen)
    return said.filter((one, index) => said.indexOf(one) !== index)
  })
}
