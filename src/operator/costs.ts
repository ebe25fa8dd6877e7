import { type Context, Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { membersOf } from '../bots.ts'
import { answerPage, done, refuse, wantsHtml } from './answer.ts'
import { type App, account, hearTheNews, nameOfBot, whatIsWrong } from './app.ts'
import { closed } from './closed.ts'
import { limitsIn } from './costs/limits.ts'
import { asCsv, CostsQuery, costsOf } from './costs/sums.ts'
import { costsView } from './costs/view.ts'
import { OUTDATED, readChange, SeenMark } from './seen.ts'
import { namesToAsk } from './stats.ts'

const WHAT_A_BUDGET_IS =
  'Please send {"budgets": [{"for": "installation", "per": "month", "usd": 50}]}, or {"budgets": null} to go by the variable again.'

/** Who spent what, and what may be spent. */
export const costs = new Hono<App>()
  .get('/costs', closed, async (c) => {
    const query = CostsQuery.safeParse(askedIn(c))
    if (!query.success) return await refuse(c, 400, whatIsWrong(query.error.issues, 'query'))
    if (!wantsHtml(c)) {
      const supports = ['application/json', 'text/csv']
      const type = accepts(c, { header: 'Accept', supports, default: 'application/json' })
      const costs = await costsIn(c, query.data)
      return type === 'text/csv' ? csv(c, asCsv(costs)) : c.json(costs)
    }
    await hearTheNews(c, namesToAsk(await account(c).rooms(), Date.now()))
    const bots = membersOf(c.env.BOT_KEYS).members.map(({ bot }) => bot.name)
    return await answerPage(c, 'costs', await costsView(c, query.data, bots))
  })
  /** A link cannot say what it accepts. */
  .get('/costs.csv', closed, async (c) => {
    const query = CostsQuery.safeParse(askedIn(c))
    if (!query.success) return await refuse(c, 400, whatIsWrong(query.error.issues, 'query'))
    c.header('Content-Disposition', 'attachment; filename="costs.csv"')
    return csv(c, asCsv(await costsIn(c, query.data)))
  })
  .get('/budgets', closed, async (c) => c.json(await account(c).budgets()))
  .patch('/budgets', closed, async (c) => {
    const read = await readChange(c)
    const seen = SeenMark.safeParse(read)
    const changes = limitsIn(read.changes)
    if (!changes || !seen.success) return await refuse(c, 400, WHAT_A_BUDGET_IS)
    const { from } = seen.data
    const problem = await account(c).changeBudgets(changes.budgets, c.get('who'), from)
    if (problem === 'outdated') return await refuse(c, 409, OUTDATED)
    if (problem) return await refuse(c, 400, problem)
    return done(c, 'limits', await account(c).budgets())
  })

/**
 * A form sends what is empty, and a page that says that something was done has that in its address. What is asked for
 * twice is refused, since only one of them would count.
 */
function askedIn(c: Context<App>) {
  const { done: _, ...asked } = c.req.queries()
  const told = Object.entries(asked).filter(([, [first, ...more]]) => first !== '' || more.length)
  return Object.fromEntries(told.map(([name, all]) => [name, all.length === 1 ? all[0] : all]))
}

async function costsIn(c: Context<App>, query: CostsQuery) {
  await hearTheNews(c, namesToAsk(await account(c).rooms(), Date.now()))
  const { by, ...days } = query
  const told = await account(c).costs(by, days)
  return costsOf(query, told, (bot) => nameOfBot(c, bot))
}

function csv(c: Context<App>, text: string) {
  return c.body(text, 200, { 'Content-Type': 'text/csv; charset=utf-8' })
}
