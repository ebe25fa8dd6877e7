import type { CostsView, Spent } from '../costs/view.ts'
import { addDays, SPLITS } from '../splits.ts'
import { Chart } from './costs/chart.tsx'
import { LimitsForm } from './costs/limits.tsx'
import { Figure, Heads } from './parts.tsx'
import { dollars, many, percent } from './words.ts'

export function CostsPage(view: CostsView) {
  const { total } = view
  return (
    <>
      <h1>
        {dollars(total.costDollars)} from {view.from} through {view.to}
      </h1>
      <Period {...view} />
      <dl class="figures">
        <Figure name="Turns">{total.turns.toLocaleString('en-US')}</Figure>
        <Figure name="Model calls">{total.calls.toLocaleString('en-US')}</Figure>
        <Figure name="A turn, on average">
          {total.turns ? dollars(total.costDollars / total.turns) : '–'}
        </Figure>
        <Figure name="Read from the cache">{percent(total.cacheRate)}</Figure>
      </dl>
      {total.callsWithoutPrice > 0 && (
        <p class="problem">
          {many(total.callsWithoutPrice, 'call')} of a model without a price{' '}
          {total.callsWithoutPrice === 1 ? 'is' : 'are'} not in these sums.
        </p>
      )}
      <section class="card">
        <h2>By {view.over.unit}</h2>
        <p class="soft">Days are those of {view.timeZone}.</p>
        <div class="beside">
          <Chart {...view.over} />
          <section
            class="scroll tall"
            aria-label={`Costs by ${view.over.unit}, as a table`}
            tabindex={0}
          >
            <SpentTable of={view.over.unit} rows={view.over.spent.toReversed()} />
          </section>
        </div>
      </section>
      <section class="card scroll" aria-label={`Costs by ${view.by}`} tabindex={0}>
        <h2>By {view.by}</h2>
        <SpentTable of={view.by} rows={view.split} total={total} />
        <p>
          {view.left > 0 && `${many(view.left, 'more')} in the table for a spreadsheet: `}
          <a href={addressOf(view, '/costs.csv', `${view.by},day`)}>CSV by {view.by} and day</a>
        </p>
      </section>
      <LimitsForm {...view} />
    </>
  )
}

const SPANS = [
  [7, 'A week'],
  [30, '30 days'],
  [90, '90 days'],
  [365, 'A year'],
] as const

function Period(view: CostsView) {
  const { by, from, to, today } = view
  return (
    <div class="card">
      <p class="row">
        {SPANS.map(([days, name]) => {
          const begins = addDays(today, 1 - days)
          return (
            <Choice
              to={addressOf({ from: begins, to: today }, '/costs', by)}
              name={name}
              isHere={from === begins && to === today}
            />
          )
        })}
        <span class="soft">by</span>
        {SPLITS.map((split) => (
          <Choice to={addressOf(view, '/costs', split)} name={split} isHere={split === by} />
        ))}
      </p>
      <form method="get" action="/costs" class="row">
        <input type="hidden" name="by" value={by} />
        <label for="from">From</label>
        <input id="from" class="short" name="from" type="date" value={from} required />
        <label for="to">through</label>
        <input id="to" class="short" name="to" type="date" value={to} required />
        <button type="submit" class="quiet">
          Show
        </button>
      </form>
    </div>
  )
}

function Choice({ to, name, isHere }: { to: string; name: string; isHere: boolean }) {
  return isHere ? (
    <a href={to} class="tag" aria-current="true">
      {name}
    </a>
  ) : (
    <a href={to}>{name}</a>
  )
}

function addressOf({ from, to }: { from: string; to: string }, path: string, by: string) {
  return `${path}?${new URLSearchParams({ by, from, to })}`
}

function SpentTable({ of, rows, total }: { of: string; rows: Spent[]; total?: Spent }) {
  const most = Math.max(...rows.map(({ costDollars }) => costDollars), 0)
  return (
    <table class={total ? 'stack' : ''}>
      <Heads
        of={[
          of.charAt(0).toUpperCase() + of.slice(1),
          { number: 'Spent' },
          { number: 'Turns' },
          { number: 'Cached' },
          ...(total ? ['Share'] : []),
        ]}
      />
      <tbody>
        {rows.map((one) => (
          <tr>
            <th scope="row" class="name">
              {one.name}
            </th>
            <td class="number" data-name="Spent">
              {dollars(one.costDollars)}
              {one.callsWithoutPrice > 0 && (
                <div class="bad">and {one.callsWithoutPrice} without a price</div>
              )}
            </td>
            <td class="number" data-name="Turns">
              {one.turns.toLocaleString('en-US')}
            </td>
            <td class="number" data-name="Cached">
              {percent(one.cacheRate)}
            </td>
            {total && (
              <td data-name="Share">
                <Share of={one.costDollars} most={most} total={total.costDollars} />
              </td>
            )}
          </tr>
        ))}
        {!rows.length && (
          <tr>
            <td colspan={5} class="soft">
              Nothing was spent.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function Share({ of, most, total }: { of: number; most: number; total: number }) {
  return (
    <span class="share">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width={most ? Number(((of / most) * 100).toFixed(1)) : 0} height="10" />
      </svg>{' '}
      {percent(total ? of / total : null)}
    </span>
  )
}
