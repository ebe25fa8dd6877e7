import { type Context, Hono } from 'hono'
import type { Saving } from '../account.ts'
import { campfireIn, nameOf } from '../address.ts'
import type { Member } from '../bots.ts'
import { answer, answerPage, done, refuse, wantsHtml } from './answer.ts'
import { type App, account, memberOf, numberIn, whatIsWrong } from './app.ts'
import { compare } from './bots/compare.ts'
import { botsTold } from './bots/list.ts'
import { standing } from './bots/standing.ts'
import { botView, wordsBy } from './bots/view.ts'
import { closed, noted } from './closed.ts'
import { conditionsIn } from './conditions.ts'
import { BackTo, BotTest } from './schemas.ts'
import { readChange, SeenVersion } from './seen.ts'

const NO_BOT = "I don't know that bot. The address is /bots/<name of the bot in BOT_KEYS>."
const NO_VERSION = "I don't know that version of this bot, or it is gone."
const OUTDATED =
  'Somebody else has saved a version since you opened this, so nothing was saved. Please look at it first.'
const NO_ROOM = "I don't know this bot in that room. Somebody has to speak to it there once."
const BUSY =
  'It is answering somebody there just now, so nothing was said. Please try again in a moment.'

/** Who speaks here, and what an operator makes of them. */
export const bots = new Hono<App>()
  .get('/bots', closed, async (c) => {
    return await answer(
      c,
      'bots',
      await botsTold(c.env, await conditionsIn(c.env, Date.now(), 'lately')),
    )
  })
  .get('/bots/:bot', closed, async (c) => {
    const member = memberOf(c)
    if (!member) return await refuse(c, 404, NO_BOT)
    const before = numberIn(c.req.query('before')) ?? undefined
    return await answer(c, 'bot', await botView(c, member, before))
  })
  .patch('/bots/:bot', closed, async (c) => {
    const member = memberOf(c)
    if (!member) return await refuse(c, 404, NO_BOT)
    const { changes, ...read } = await readChange(c)
    const seen = SeenVersion.safeParse(read)
    if (!seen.success) return await refuse(c, 400, whatIsWrong(seen.error.issues, 'bot'))
    const by = { who: c.get('who'), ...seen.data }
    const saving = await account(c).changeBot(member.bot.name, changes, by)
    // Whoever wrote a page of prompt is not to lose it for a wrong number.
    if (!saving.ok && saving.why !== 'unknown' && wantsHtml(c))
      return await answerPage(c, 'bot', await attempted(c, member, { changes, saving }), 400)
    return await answerSaving(c, saving, 'bot')
  })
  .get('/bots/:bot/versions/:version', closed, async (c) => {
    const member = memberOf(c)
    if (!member) return await refuse(c, 404, NO_BOT)
    const version = sourceIn(c.req.param('version'))
    const other = sourceIn(c.req.query('with') ?? before(version))
    if (!version || !other) return await refuse(c, 404, NO_VERSION)
    const [words, otherWords] = await Promise.all([
      wordsBy(c, member, version),
      wordsBy(c, member, other),
    ])
    if (!words || !otherWords) return await refuse(c, 404, NO_VERSION)
    const newest = await account(c).newestVersion(member.bot.name)
    return await answer(c, 'botVersion', {
      name: member.bot.name,
      newest: newest?.number ?? 0,
      version,
      with: other,
      goesBy: standing(member, newest).goesBy,
      words,
      ...compare(otherWords, words),
    })
  })
  .patch('/bots/:bot/version', closed, async (c) => {
    const member = memberOf(c)
    if (!member) return await refuse(c, 404, NO_BOT)
    const wanted = BackTo.safeParse(await c.req.json().catch(() => undefined))
    if (!wanted.success) return await refuse(c, 400, whatIsWrong(wanted.error.issues, 'version'))
    const { number, from = null } = wanted.data
    const saving = await account(c).goBack(member.bot.name, number, c.get('who'), from)
    return await answerSaving(c, saving, 'back')
  })
  .delete('/bots/:bot/version', closed, async (c) => {
    const member = memberOf(c)
    if (!member) return await refuse(c, 404, NO_BOT)
    const seen = SeenVersion.safeParse(await readChange(c))
    if (!seen.success) return await refuse(c, 400, whatIsWrong(seen.error.issues, 'version'))
    const { from } = seen.data
    const saving = await account(c).goBack(member.bot.name, 'file', c.get('who'), from)
    return await answerSaving(c, saving, 'file')
  })
  .patch('/bots/:bot/test', closed, async (c) => {
    const member = memberOf(c)
    if (!member) return await refuse(c, 404, NO_BOT)
    const test = BotTest.safeParse(await c.req.json().catch(() => undefined))
    if (!test.success) return await refuse(c, 400, whatIsWrong(test.error.issues, 'test'))
    const { room, words, id = crypto.randomUUID() } = test.data
    const name = nameOf({ url: campfireIn(c.env).id, room, bot: member.userId })
    const roster = await account(c).rooms()
    if (!roster.some((entry) => entry.name === name)) return await refuse(c, 404, NO_ROOM)
    const act = { what: 'test', about: `room ${room}, ${member.bot.name}`, isDone: Boolean }
    const say = async () => await c.env.ROOMS.getByName(name).sayTest({ id, words })
    if (!(await noted(c, act, say))) return await refuse(c, 409, BUSY)
    return done(c, 'test', { room, words }, backTo(c))
  })

async function attempted(
  c: Context<App>,
  member: Member,
  { changes, saving }: { changes: unknown; saving: Exclude<Saving, { ok: true }> },
) {
  const sent = typeof changes === 'object' ? { ...changes } : {}
  const problems =
    saving.why === 'unfit'
      ? saving.issues.map(({ path, message }) => ({ field: path.join('.'), says: message }))
      : [{ field: '', says: OUTDATED }]
  return { ...(await botView(c, member)), attempt: { changes: sent, problems } }
}

async function answerSaving(c: Context<App>, saving: Saving, word: string) {
  if (!saving.ok) {
    if (saving.why === 'outdated') return await refuse(c, 409, OUTDATED)
    if (saving.why !== 'unfit') return await refuse(c, 404, NO_VERSION)
    return await refuse(c, 400, whatIsWrong(saving.issues, 'bot'))
  }
  const { number, isNew } = saving
  return done(c, isNew ? word : 'same', { version: number, isNew }, backTo(c))
}

function backTo(c: Context<App>) {
  return `/bots/${c.req.param('bot')}`
}

function sourceIn(text: string | undefined) {
  return text === 'file' ? 'file' : numberIn(text)
}

/** What a version is compared with where nobody says it: the one before. */
function before(version: 'file' | number | null) {
  return typeof version === 'number' && version > 1 ? String(version - 1) : 'file'
}
