import type { Spent } from '../../costs/view.ts'
import { dollars } from '../words.ts'

const WIDE = 720
const HIGH = 240
/** Around the columns: the amounts stand left of them, the days below. */
const LEFT = 92
const BELOW = 32
const ABOVE = 18

interface Charted {
  unit: 'day' | 'month'
  spent: Spent[]
}

/** What was spent over time, as columns. The table beside it says the same, exactly. */
export function Chart({ unit, spent }: Charted) {
  const most = Math.max(...spent.map(({ costDollars }) => costDollars), 0)
  const top = roundUp(most)
  const floor = HIGH - BELOW
  const step = (WIDE - LEFT) / Math.max(1, spent.length)
  const height = (amount: number) => (top ? (amount / top) * (floor - ABOVE) : 0)
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${WIDE} ${HIGH}`}
      role="img"
      aria-labelledby="chart-title chart-desc"
    >
      <title id="chart-title">{`Spent by ${unit}`}</title>
      <desc id="chart-desc">{inWords({ unit, spent })}</desc>
      {[0, top / 2, top].map((amount) => (
        <g class="line">
          <line x1={LEFT} x2={WIDE} y1={floor - height(amount)} y2={floor - height(amount)} />
          <text x={LEFT - 8} y={floor - height(amount) + 4} text-anchor="end">
            {dollars(amount)}
          </text>
        </g>
      ))}
      {spent.map(({ costDollars }, index) => (
        <rect
          x={fixed(LEFT + index * step + step * 0.12)}
          y={fixed(floor - height(costDollars))}
          width={fixed(step * 0.76)}
          height={fixed(height(costDollars))}
          rx={fixed(Math.min(4, step * 0.2))}
        />
      ))}
      {labelled(spent).map(({ name, index }) => (
        <Label name={name} at={LEFT + (index + 0.5) * step} />
      ))}
    </svg>
  )
}

/** Those near the end would stand over it. */
function Label({ name, at }: { name: string; at: number }) {
  const isNearEnd = at > WIDE - 60
  return (
    <text x={fixed(isNearEnd ? WIDE : at)} y={HIGH - 8} text-anchor={isNearEnd ? 'end' : 'middle'}>
      {name}
    </text>
  )
}

function inWords({ unit, spent }: Charted) {
  const paid = spent.filter(({ costDollars }) => costDollars > 0)
  const [first, last] = [spent[0], spent.at(-1)]
  if (!paid.length || !first || !last) return 'Nothing was spent.'
  const dearest = paid.reduce((most, one) => (one.costDollars > most.costDollars ? one : most))
  return `From ${first.name} through ${last.name}. The ${unit} on which most was spent was ${dearest.name}, with ${dollars(dearest.costDollars)}. The table has them all.`
}

/** A few of them: the others would stand in each other's way. */
function labelled(spent: Spent[]) {
  const every = Math.max(1, Math.ceil(spent.length / 6))
  return spent.flatMap(({ name }, index) => {
    const isNear = index % every === Math.floor(every / 2)
    return isNear ? [{ name: name.length > 7 ? name.slice(5) : name, index }] : []
  })
}

/** The next amount that people call round: 1, 2 or 5, with as many noughts as it takes. */
export function roundUp(amount: number) {
  if (amount <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(amount))
  return ([1, 2, 5, 10].find((digit) => digit * power >= amount) ?? 10) * power
}

function fixed(number: number) {
  return Number(number.toFixed(2))
}
