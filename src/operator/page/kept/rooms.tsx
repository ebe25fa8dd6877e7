import type { KeptPeople, KeptRooms } from '../../kept/schemas.ts'
import { Heads } from '../parts.tsx'
import { botTitle, roomTitle } from '../place.tsx'
import { many } from '../words.ts'
import { placeOf, Tabs } from './parts.tsx'

export function KeptRoomsPage({ rooms, next }: KeptRooms) {
  return (
    <>
      <h1>What is kept, room by room</h1>
      <Tabs here="rooms" />
      {rooms.length ? (
        <section class="card scroll">
          <table class="stack">
            <Heads
              of={[
                'Room',
                'Bot',
                { number: 'Reminders' },
                { number: 'Remembered' },
                { number: 'Lists' },
                { number: 'Files' },
              ]}
            />
            <tbody>
              {rooms.map((one) => (
                <Room {...one} />
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <p class="empty">No room is known yet. Mention a bot in Campfire, and its room is here.</p>
      )}
      <More to="/kept" next={next} what="rooms" />
    </>
  )
}

function Room(one: KeptRooms['rooms'][number]) {
  return (
    <tr>
      <th scope="row">
        <a href={placeOf(one)}>{roomTitle(one)}</a>
      </th>
      <td>{botTitle(one)}</td>
      {one.kept ? (
        <>
          <td class="number" data-name="Reminders">
            {one.kept.reminders}
          </td>
          <td class="number" data-name="Remembered">
            {one.kept.facts}
          </td>
          <td class="number" data-name="Lists">
            {one.kept.lists}
          </td>
          <td class="number" data-name="Files">
            {one.kept.files}
          </td>
        </>
      ) : (
        <td colspan={4} class="bad">
          does not answer right now
        </td>
      )}
    </tr>
  )
}

export function KeptPeoplePage({ people, next }: KeptPeople) {
  return (
    <>
      <h1>What is kept, person by person</h1>
      <Tabs here="people" />
      {people.length ? (
        <section class="card scroll">
          <table class="stack">
            <Heads of={['Person', { number: 'Remembered of them' }]} />
            <tbody>
              {people.map(({ id, name, facts }) => (
                <tr>
                  <th scope="row">
                    <a href={`/kept/people/${id}`}>{name}</a>
                  </th>
                  <td class="number">
                    {facts === null ? (
                      <span class="bad">does not answer right now</span>
                    ) : (
                      many(facts, 'fact')
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <p class="empty">Nobody has asked a bot for anything yet.</p>
      )}
      <More to="/kept/people" next={next} what="people" />
    </>
  )
}

function More({ to, next, what }: { to: string; next: string | null; what: string }) {
  if (next === null) return null
  return (
    <p>
      <a class="button quiet" href={`${to}?after=${encodeURIComponent(next)}`}>
        More {what}
      </a>
    </p>
  )
}
