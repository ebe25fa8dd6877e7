import { markOf } from '../../../budget.ts'
import type { CostsView } from '../../costs/view.ts'
import { BrokenLimits, Limit } from '../now.tsx'
import { Heads } from '../parts.tsx'

const PERIODS = ['day', 'week', 'month']
/** Empty rows, for new ones; whoever needs more saves and has two again. */
const FRESH = 2

/** What may be spent, and the form that changes it: every limit is a row, and all are saved at once. */
export function LimitsForm({ limits, bots }: Pick<CostsView, 'limits' | 'bots'>) {
  const { budgets, broken, from } = limits
  const fresh = Array.from({ length: FRESH }, () => ({ for: '', per: 'month', usd: null }))
  return (
    <section class="card" id="limits">
      <h2>Limits</h2>
      <BrokenLimits broken={broken} />
      <p class="soft">
        {from === 'here'
          ? 'Set here, in place of the variable BUDGETS.'
          : 'As the variable BUDGETS says. What you save here takes its place.'}{' '}
        A call that could go beyond a limit is not made, and whoever asked is told why.
      </p>
      {budgets.map((one) => (
        <Limit {...one} />
      ))}
      <form method="post" action="/budgets">
        <input type="hidden" name="_method" value="PATCH" />
        <input type="hidden" name="from" value={markOf(limits)} />
        <div class="scroll limits">
          <table>
            <Heads of={['For', 'In a', 'Dollars']} />
            <tbody>
              {[...budgets, ...fresh].map((one, index) => (
                <Row {...one} index={index} />
              ))}
            </tbody>
          </table>
        </div>
        <p class="hint" id="limits-hint">
          For <code>installation</code>, <code>bot:{bots[0] ?? 'assistant'}</code>,{' '}
          <code>room:12</code> or <code>person:7</code>, by their numbers in Campfire. A row without
          an amount is left out.
        </p>
        <datalist id="limits-for">
          <option value="installation" />
          {bots.map((bot) => (
            <option value={`bot:${bot}`} />
          ))}
        </datalist>
        <p>
          <button type="submit">Save the limits</button>
        </p>
      </form>
      {from === 'here' && (
        <form method="post" action="/budgets">
          <input type="hidden" name="_method" value="PATCH" />
          <input type="hidden" name="from" value={markOf(limits)} />
          <input type="hidden" name="budgets" value="" />
          <button type="submit" class="quiet">
            Go by the variable again
          </button>
        </form>
      )}
    </section>
  )
}

interface Written {
  index: number
  for: string
  per: string
  usd: number | null
}

function Row({ index, ...one }: Written) {
  const name = (field: string) => `budgets.${index}.${field}`
  const which = one.for ? `of ${one.for}` : 'of a new limit'
  return (
    <tr>
      <td>
        <input
          name={name('for')}
          value={one.for}
          list="limits-for"
          placeholder="Who it is for"
          aria-label={`Who it is for, ${which}, row ${index + 1}`}
          aria-describedby="limits-hint"
          autocomplete="off"
        />
      </td>
      <td>
        <select name={name('per')} aria-label={`Period ${which}, row ${index + 1}`}>
          {PERIODS.map((period) => (
            <option value={period} selected={period === one.per}>
              {period}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          name={`${name('usd')}:number`}
          type="number"
          min="0"
          max="1000000"
          step="any"
          placeholder="Dollars"
          value={one.usd === null ? '' : String(one.usd)}
          aria-label={`Dollars ${which}, row ${index + 1}`}
        />
      </td>
    </tr>
  )
}
