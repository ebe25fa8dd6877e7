import type { Roster } from '../schemas.ts'
import { Heads } from './parts.tsx'
import { botTitle, RoomLink } from './place.tsx'
import { ago } from './room-words.ts'
import { dollars, many } from './words.ts'

export function RoomsPage({ now, words, rooms, found, all, page, pages }: Roster) {
  return (
    <>
      <h1>Rooms</h1>
      <search>
        <form method="get" action="/rooms" class="search">
          <div>
            <label for="q">Search by name, number or bot</label>
            <input id="q" name="q" type="search" value={words} maxlength={200} />
          </div>
          <button type="submit">Search</button>
        </form>
      </search>
      <section class="card scroll" aria-label="Rooms" tabindex={0}>
        {rooms.length === 0 ? <Nothing words={words} /> : <Table now={now} rooms={rooms} />}
      </section>
      <p class="soft">
        {words ? `${found} of ${many(all, 'room')} fit.` : `${many(all, 'room')} in all.`}
      </p>
      {pages > 1 && <Pages words={words} page={page} pages={pages} />}
    </>
  )
}

function Nothing({ words }: { words: string }) {
  return (
    <p class="empty">
      {words
        ? 'No room matches that. Try a part of its name, its number or the name of a bot.'
        : 'Nobody has spoken to a bot yet. Mention one in Campfire, and its room appears here.'}
    </p>
  )
}

function Table({ now, rooms }: Pick<Roster, 'now' | 'rooms'>) {
  return (
    <table class="stack">
      <Heads
        of={[
          'Room',
          'Bot',
          'State',
          'Last turn',
          { number: 'Turns' },
          { number: 'Failed' },
          { number: 'Spent' },
        ]}
      />
      <tbody>
        {rooms.map((one) => (
          <tr>
            <th scope="row">
              <RoomLink {...one} />
            </th>
            <td>{botTitle(one)}</td>
            <td>
              <State {...one} />
            </td>
            <td>
              {one.lastTurnAt ? (
                <time datetime={one.lastTurnAt}>{ago(now, one.lastTurnAt)}</time>
              ) : (
                '–'
              )}
            </td>
            <td class="number" data-name="Turns">
              {one.turns}
            </td>
            <td class="number" data-name="Failed">
              {one.failed}
            </td>
            <td class="number" data-name="Spent">
              {dollars(one.costDollars)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Row = Roster['rooms'][number]

function State({ running, waiting, out }: Row) {
  if (out) {
    return <span class="tag bad">out of the room; deletes on {out.deletes.slice(0, 10)}</span>
  }
  if (running) return <span class="tag">at work</span>
  return waiting ? <span class="tag">{many(waiting, 'message')} waiting</span> : <>quiet</>
}

function Pages({ words, page, pages }: Pick<Roster, 'words' | 'page' | 'pages'>) {
  const to = (page: number) => `/rooms?${new URLSearchParams({ q: words, page: String(page) })}`
  return (
    <nav class="pages" aria-label="Pages of rooms">
      {page > 1 ? <a href={to(page - 1)}>Newer</a> : <span />}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? <a href={to(page + 1)}>Older</a> : <span />}
    </nav>
  )
}
