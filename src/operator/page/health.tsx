import type { Child } from 'hono/jsx'
import type { Acts, Status, Where } from '../health/schemas.ts'
import type { Doctor } from '../schemas.ts'
import { FindingTag, Heads, TryAgain } from './parts.tsx'
import { botTitle, Moment, RoomLink, roomPath } from './place.tsx'
import { many, whoIs } from './words.ts'

/** What an operator should look at. Where all is well it says so, in one line. */
export function StatusPage(status: Status) {
  const { out, parked, failing, silent, missed } = status
  const count = [out, parked, failing, silent, missed].filter(({ length }) => length > 0).length
  return (
    <>
      <h1>{count ? `${many(count, 'thing')} to look at` : 'All is well'}</h1>
      <p>
        <a class="button quiet" href="/doctor">
          Ask the doctor
        </a>{' '}
        <span class="soft">Tries every key, model and setting, and says what to do.</span>
      </p>
      <Parked parked={parked} />
      <Failing failing={failing} />
      <Silent silent={silent} />
      <Out out={out} />
      <Missed missed={missed} />
      <section class="card scroll" aria-label="The newest acts" tabindex={0}>
        <h2>Activity log</h2>
        <ActsTable acts={status.acts} />
        {status.acts.length > 0 && (
          <p>
            <a href="/acts">All of it</a>
          </p>
        )}
      </section>
    </>
  )
}

function Parked({ parked }: Pick<Status, 'parked'>) {
  return (
    <Part
      title="Turns that were set aside"
      says="They crashed their room several times, or the answer could not be delivered. Wherever possible, the person who asked was told."
      rows={parked}
      heads={['When', 'Receipt', 'Try again']}
    >
      {(one) => (
        <>
          <td>
            <Moment at={one.at} />
          </td>
          <td>
            <Receipt {...one} />
          </td>
          <td>
            <Again {...one} />
          </td>
        </>
      )}
    </Part>
  )
}

function Failing({ failing }: Pick<Status, 'failing'>) {
  return (
    <Part
      title="Rooms that answer with errors"
      says="Within the last seven days."
      rows={failing}
      heads={['Failed', 'Set aside', 'Last', 'Receipt']}
    >
      {(one) => (
        <>
          <td data-name="Failed">{one.failed}</td>
          <td data-name="Set aside">{one.parked}</td>
          <td>
            <Moment at={one.at} />
          </td>
          <td>
            <Receipt {...one} />
          </td>
        </>
      )}
    </Part>
  )
}

function Silent({ silent }: Pick<Status, 'silent'>) {
  return (
    <Part
      title="Rooms that do not answer"
      says="Just now. They may be at their start; if it stays so, the log says why."
      rows={silent}
      heads={[]}
    >
      {() => null}
    </Part>
  )
}

function Out({ out }: Pick<Status, 'out'>) {
  return (
    <Part
      title="Rooms a bot was removed from"
      says="Campfire has said so twice. Thirty days later, and only if it says so once more, all that was said there, was remembered of it and was given as a file is deleted; add the bot to the room again to keep it. Lists and reminders stay."
      rows={out}
      heads={['Since', 'Deletion']}
    >
      {(one) => (
        <>
          <td>
            <Moment at={one.since} />
          </td>
          <td>
            {one.deletedAt === null ? 'due on ' : 'done on '}
            <Moment at={one.deletedAt ?? one.deletesAt} />
          </td>
        </>
      )}
    </Part>
  )
}

function Missed({ missed }: Pick<Status, 'missed'>) {
  return (
    <Part
      title="Messages whose webhook never arrived"
      says="They were found in the room and answered. Where there are many of them, look whether the webhook can be reached from your Campfire, and within seven seconds."
      rows={missed}
      heads={['Found', 'Last']}
    >
      {(one) => (
        <>
          <td data-name="Found">{one.count}</td>
          <td>
            <Moment at={one.at} />
          </td>
        </>
      )}
    </Part>
  )
}

interface PartProps<Row extends Where> {
  title: string
  says: string
  rows: Row[]
  heads: string[]
  children: (row: Row) => Child
}

function Part<Row extends Where>({ title, says, rows, heads, children }: PartProps<Row>) {
  if (!rows.length) return null
  return (
    <section class="card scroll" aria-label={title} tabindex={0}>
      <h2>{title}</h2>
      <p class="soft">{says}</p>
      <table class="stack">
        <Heads of={['Room', 'Bot', ...heads]} />
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                <RoomLink {...row} />
              </th>
              <td>{botTitle(row)}</td>
              {children(row)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Receipt({ room, botName, turn }: Where & { turn: number }) {
  if (botName === null) return <>turn {turn}</>
  return <a href={`${roomPath(room, botName)}/turns/${turn}`}>turn {turn}</a>
}

/** In a turn of its own, with its own receipt. */
function Again({ room, botName, turn }: Where & { turn: number }) {
  if (botName === null) return null
  const label = `Try turn ${turn} in room ${room} again`
  return <TryAgain at={`${roomPath(room, botName)}/turns/${turn}`} label={label} />
}

export function ActsPage({ acts, next }: Acts) {
  return (
    <>
      <p>
        <a href="/status">Health</a>
      </p>
      <h1>Activity log</h1>
      <section class="card scroll" aria-label="Acts, the newest first" tabindex={0}>
        <ActsTable acts={acts} />
      </section>
      {next !== null && (
        <p>
          <a class="button quiet" href={`/acts?before=${next}`}>
            Older ones
          </a>
        </p>
      )}
    </>
  )
}

function ActsTable({ acts }: { acts: Acts['acts'] }) {
  if (!acts.length) return <p class="soft">Nothing yet.</p>
  return (
    <table class="stack">
      <Heads of={['When', 'Who', 'What', 'About']} />
      <tbody>
        {acts.map(({ at, who, what, about, outcome }) => (
          <tr>
            <td>
              <Moment at={at} />
            </td>
            <td>{whoIs(who)}</td>
            <td>
              {DID[what] ?? what}{' '}
              {outcome !== 'done' && <span class="tag soft">{NOT_DONE[outcome ?? 'begun']}</span>}
            </td>
            <td>{about}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The words of the log, as people say them. */
const DID: Record<string, string> = {
  reset: 'began a new conversation',
  stop: 'stopped a turn',
  again: 'had a turn tried again',
  settings: 'changed the settings',
  bot: 'saved a version',
  back: 'went back to an earlier version',
  file: 'went back to the file',
  test: 'had it say something',
  limits: 'set what may be spent',
  change: 'changed something that is kept',
  delete: 'deleted something that was kept',
  'server sign-in': 'went to sign in at a server',
  'server sign-out': 'signed out of a server',
}

const NOT_DONE = { refused: 'nothing was done', begun: 'not known whether it was done' }

const ORDER = { wrong: 0, doubtful: 1, well: 2 } as const

export function DoctorPage({ findings, version, now }: Doctor) {
  const sorted = findings.toSorted((a, b) => ORDER[a.state] - ORDER[b.state])
  const wrong = findings.filter(({ state }) => state === 'wrong').length
  const doubtful = findings.filter(({ state }) => state === 'doubtful').length
  return (
    <>
      <p>
        <a href="/status">Health</a>
      </p>
      <h1>
        {wrong || doubtful
          ? `${wrong} wrong, ${doubtful} doubtful`
          : 'Everything that can be tried is well'}
      </h1>
      <p class="soft">
        Firekeeper {version}, looked at on <Moment at={now} />
      </p>
      <section class="card">
        <ul class="bare">
          {sorted.map(({ about, state, says, todo }) => (
            <li class="kept">
              <p>
                <FindingTag state={state}>{state}</FindingTag> <strong>{about}</strong>: {says}
              </p>
              {todo && <p>{todo}</p>}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
