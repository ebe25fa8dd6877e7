import type { Now } from '../schemas.ts'
import { Figure, Heads } from './parts.tsx'
import { botTitle, RoomLink } from './place.tsx'
import { dollars, many, span } from './words.ts'

export function NowPage({ queue, today, limits, campfire }: Now) {
  return (
    <div id="now" data-refresh="5">
      <h1>{headline(queue)}</h1>
      <dl class="figures">
        <Figure name="Running">{queue.running}</Figure>
        <Figure name="Waiting">{queue.waiting}</Figure>
        <Figure name="Oldest wait">{queue.oldestMs ? span(queue.oldestMs) : '–'}</Figure>
        <Figure name="Failed today">{today.failed + today.parked}</Figure>
        <Figure name="Spent today">{dollars(today.costDollars)}</Figure>
      </dl>
      <Queue rooms={queue.rooms} />
      <div class="grid">
        <Today {...today} />
        <Limits {...limits} />
        <Campfire {...campfire} />
      </div>
    </div>
  )
}

function headline({ running, waiting }: Now['queue']) {
  if (running + waiting === 0) return 'All is quiet'
  const turns = running === 1 ? '1 turn is running' : `${running} turns are running`
  const messages = waiting === 1 ? '1 message waits' : `${waiting} messages wait`
  return waiting ? `${turns}, ${messages}` : turns
}

function Queue({ rooms }: Pick<Now['queue'], 'rooms'>) {
  if (!rooms.length) return null
  return (
    <section class="card scroll">
      <h2>At work</h2>
      <table class="stack">
        <Heads of={['Room', 'Bot', 'Running', 'Waiting', 'For']} />
        <tbody>
          {rooms.map((one) => (
            <tr>
              <th scope="row">
                <RoomLink {...one} />
              </th>
              <td>{botTitle(one)}</td>
              <td data-name="Running">{one.running}</td>
              <td data-name="Waiting">{one.waiting}</td>
              <td data-name="For">{one.oldestMs === null ? '–' : span(one.oldestMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Today({ day, timeZone, ...ended }: Now['today']) {
  const { replied, silent, stopped, failed, parked, callsWithoutPrice } = ended
  const rows = [
    ['Answered', replied],
    ['Kept silent, on purpose', silent],
    ['Stopped by somebody', stopped],
    ['Failed (people were told)', failed],
    ['Given up after crashes (people were told)', parked],
  ] as const
  return (
    <section class="card">
      <h2>Today</h2>
      <p class="soft">
        {day} in {timeZone}, as reported so far
      </p>
      <table>
        <tbody>
          {rows.map(([name, count]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {callsWithoutPrice > 0 && (
        <p class="bad">{callsWithoutPrice} calls of a model without a price are not in the sum.</p>
      )}
    </section>
  )
}

function Limits({ budgets, broken }: Now['limits']) {
  return (
    <section class="card">
      <h2>Limits</h2>
      <BrokenLimits broken={broken} />
      {!budgets.length && broken === null && (
        <p class="soft">
          None is set. <a href="/costs">Set one</a>
        </p>
      )}
      {budgets.map((one) => (
        <Limit {...one} />
      ))}
    </section>
  )
}

export function BrokenLimits({ broken }: Pick<Now['limits'], 'broken'>) {
  if (broken === null) return null
  return (
    <p class="problem" role="alert">
      Nothing may be spent until this is put right: {broken}
    </p>
  )
}

export function Limit(one: Now['limits']['budgets'][number]) {
  const name = `${forWhom(one.for)}, each ${one.per}`
  return (
    <div>
      <p>
        <strong>{name}</strong>: {dollars(one.spentUsd)} of {dollars(one.usd)} spent
        {one.excessUsd > 0 && `, ${dollars(one.excessUsd)} more than was reserved`}
        {one.reservedUsd > 0 && `, ${dollars(one.reservedUsd)} held for answers to come`}
      </p>
      <meter
        aria-label={name}
        min={0}
        max={one.usd || 1}
        high={one.usd * 0.8}
        optimum={0}
        value={one.usd ? one.spentUsd : 1}
      />
    </div>
  )
}

/** `room:12`, as people say it. */
function forWhom(scope: string) {
  const [kind = '', which = ''] = scope.split(':')
  return which ? `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${which}` : 'Everything'
}

const MEANS = {
  list: 'lists messages, so missed ones are found',
  edit: 'edits messages, so answers grow',
  boost: 'takes boosts, so you see who waits',
}

function Campfire({ address, rooms, abilities }: Now['campfire']) {
  return (
    <section class="card">
      <h2>Campfire</h2>
      <p>
        <code>{address || 'no address set'}</code>, {many(rooms, 'room')}
      </p>
      <ul class="bare tagged">
        {abilities.map(({ name, has }) => (
          <li>
            <span class={`tag ${has === null ? 'soft' : has ? 'good' : 'bad'}`}>
              {has === null ? 'not tried yet' : has ? 'yes' : 'no'}
            </span>{' '}
            <span>{MEANS[name]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
