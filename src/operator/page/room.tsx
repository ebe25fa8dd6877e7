import type { RoomView } from '../schemas.ts'
import { addressOf } from './assets.ts'
import { Conversation } from './room/conversation.tsx'
import { Live } from './room/live.tsx'
import { SettingsForm } from './room/settings.tsx'
import { ago, linkTo, moment, roomName, until } from './room-words.ts'
import { span } from './words.ts'

export function RoomPage(view: RoomView) {
  const here = `/rooms/${view.room}/${encodeURIComponent(view.botName)}`
  const campfire = linkTo(view.address, view.room)
  return (
    <>
      <h1>{roomName(view)}</h1>
      <p class="lead">
        <strong>{view.botName}</strong> in {view.direct ? 'direct conversation' : 'room'}{' '}
        {view.room}
        {campfire && (
          <>
            {' · '}
            <a href={campfire} rel="noreferrer">
              Open it in Campfire
            </a>
          </>
        )}
      </p>
      <Live {...view} here={here} />
      <div id="fresh">
        <Figures {...view} />
        <Conversation {...view} here={here} />
      </div>
      <Acts here={here} />
      <SettingsForm {...view} here={here} />
      <script src={addressOf('live.js')} defer></script>
    </>
  )
}

function Figures({ now, queue, session, conversation, index }: RoomView) {
  return (
    <dl class="figures">
      <div>
        <dt>Waiting</dt>
        <dd>{queue.waiting}</dd>
      </div>
      <div>
        <dt>Oldest wait</dt>
        <dd>{queue.oldestMs === null ? '–' : span(queue.oldestMs)}</dd>
      </div>
      <div>
        <dt>Conversation began</dt>
        <dd>{session ? ago(now, session.startedAt) : '–'}</dd>
      </div>
      <div>
        <dt>Remembers from</dt>
        <dd>{conversation.fromTurn ? `turn ${conversation.fromTurn}` : '–'}</dd>
      </div>
      {index?.state === 'listing' || index?.state === 'complete' ? (
        <div>
          <dt>Messages it can find</dt>
          <dd>{index.listed.toLocaleString('en-US')}</dd>
        </div>
      ) : null}
      {session?.expiresAt ? (
        <div>
          <dt>Expires</dt>
          <dd>
            <time datetime={session.expiresAt} title={moment(session.expiresAt)}>
              {until(now, session.expiresAt)}
            </time>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}

function Acts({ here }: { here: string }) {
  return (
    <section class="card" aria-labelledby="acts">
      <h2 id="acts">The conversation</h2>
      <div class="row">
        <a class="button quiet" href={`${here}/session`} download>
          Export it
        </a>
        <form method="post" action={`${here}/session`}>
          <input type="hidden" name="_method" value="DELETE" />
          <button
            type="submit"
            class="danger"
            data-confirm="Forget this conversation? What was said in it is erased here; Campfire keeps its messages."
          >
            Begin a new one
          </button>
        </form>
      </div>
      <p class="hint">
        Exported as JSON Lines, one turn a line. A new one forgets what was said; receipts stay.
      </p>
    </section>
  )
}
