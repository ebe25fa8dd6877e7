import type { BotView } from '../../schemas.ts'
import { FindingTag } from '../parts.tsx'
import { Moment, RoomLink, roomTitle } from '../place.tsx'
import { dollars, many } from '../words.ts'

const WORD = { well: 'key is good', doubtful: 'key not known', wrong: 'key is refused' } as const

export function Use({ name, user, rooms, heardAt, botKey, usage }: BotView) {
  return (
    <section class="card">
      <h2>In use</h2>
      <p>
        <FindingTag state={botKey.state}>{WORD[botKey.state]}</FindingTag> {botKey.says}{' '}
        {botKey.todo !== undefined && <span class="soft">{botKey.todo}</span>}
      </p>
      <table>
        <caption>Days of {usage.timeZone}, as reported so far</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="soft">User {user} of Campfire</span>
            </th>
            <th scope="col" class="number">
              Turns
            </th>
            <th scope="col" class="number">
              Spent
            </th>
          </tr>
        </thead>
        <tbody>
          {(['today', 'month'] as const).map((span) => (
            <tr>
              <th scope="row">{span === 'today' ? 'Today' : 'Last 30 days'}</th>
              <td class="number">{usage[span].turns.toLocaleString('en-US')}</td>
              <td class="number">{dollars(usage[span].costDollars)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        {many(rooms.length, 'room')}
        {heardAt !== null && (
          <>
            , last heard on <Moment at={heardAt} />
          </>
        )}
      </p>
      <ul class="bare row">
        {rooms.slice(0, MOST).map((room) => (
          <li>
            <RoomLink {...room} botName={name} />
          </li>
        ))}
        {rooms.length > MOST && (
          <li>
            <a href={`/rooms?q=${encodeURIComponent(name)}`}>and more</a>
          </li>
        )}
      </ul>
    </section>
  )
}

const MOST = 12

export function Webhook({ webhook: { url, needsSecret } }: Pick<BotView, 'webhook'>) {
  return (
    <section class="card">
      <h2>Webhook URL</h2>
      <p>
        <code>{url}</code>
      </p>
      <p class="row">
        <button type="button" class="quiet" data-copy={url}>
          Copy
        </button>
      </p>
      <p class="soft">
        In Campfire: account settings, Chat bots, the pencil beside the bot. One address serves all
        bots.
        {needsSecret && ' Put ?secret= and your WEBHOOK_SECRET behind it; it is not shown here.'}
      </p>
    </section>
  )
}

/** Sent twice, it is said once: the `id` is of this very form. */
export function TestMessage({ name, rooms }: Pick<BotView, 'name' | 'rooms'>) {
  return (
    <section class="card">
      <h2>Test message</h2>
      {rooms.length === 0 ? (
        <p class="soft">
          Speak to {name} in a room of your Campfire first: then it can say something there.
        </p>
      ) : (
        <form method="post" action={`/bots/${name}/test`}>
          <input type="hidden" name="_method" value="PATCH" />
          <input type="hidden" name="id" value={crypto.randomUUID()} />
          <label for="test-room">Room</label>
          <select id="test-room" name="room:number">
            {rooms.map((room) => (
              <option value={room.room}>{roomTitle(room)}</option>
            ))}
          </select>
          <label for="test-words">What it says there, for everybody to read</label>
          <input
            id="test-words"
            name="words"
            required
            maxlength={2_000}
            value="Just a test from the person who runs me. All is well."
          />
          <p>
            <button type="submit">Say it</button>
          </p>
        </form>
      )}
    </section>
  )
}
