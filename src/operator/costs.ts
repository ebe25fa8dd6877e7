import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { done, refuse } from './answer.ts'
import { type App, account, nameOfBot, tell, whatIsWrong } from './app.ts'
import { closed, logAct } from './closed.ts'
import { asCsv, CostsQuery, costsOf } from './costs/sums.ts'
import { BudgetChanges } from './schemas.ts'
import { namesToAsk } from './stats.ts'

const WHAT_A_BUDGET_IS =
  'Please send {"budgets": [{"for": "installation", "per": "month", "usd": 50}]}, or {"budgets": null} to go by the variable again.'

/** Who spent what, and what may be spent. */
export const costs = new Hono<App>()
  .get('/costs', closed, async (c) => {
    const query = CostsQuery.safeParse(c.req.query())
    if (!query.success) return await refuse(c, 400, whatIsWrong(query.error.issues, 'query'))
    const names = namesToAsk(await account(c).rooms(), Date.now())
    await Promise.all(names.map((name) => tell(c, name)))
    const { by, ...days } = query.data
    const told = await account(c).costs(by, days)
    const costs = costsOf(query.data, told, (bot) => nameOfBot(c, bot))
    const supports = ['application/json', 'text/csv']
    const type = accepts(c, { header: 'Accept', supports, default: 'application/json' })
    return type === 'text/csv'
      ? c.body(asCsv(costs), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
      : c.json(costs)
  })
  .get('/budgets', closed, async (c) => c.json(await account(c).budgets()))
  .patch('/budgets', closed, async (c) => {
    const changes = BudgetChanges.safeParse(await c.req.json().catch(() => undefined))
    if (!changes.success) return await refuse(c, 400, WHAT_A_BUDGET_IS)
    const field = await account(c).changeBudgets(changes.data.budgets)
    if (field) return await refuse(c, 400, field)
    await logAct(
      c,
      'limits',
      changes.data.budgets ? `${changes.data.budgets.length} limits` : 'as the variable says',
    )
    return done(c, 'limits', await account(c).budgets())
  })
