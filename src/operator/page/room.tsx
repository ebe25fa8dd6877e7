import type { RoomView } from '../schemas.ts'
import { addressOf } from './assets.ts'
import { Figure } from './parts.tsx'
import { roomPath, roomTitle, VersionLink } from './place.tsx'
import { Conversation } from './room/conversation.tsx'
import { Live } from './room/live.tsx'
import { SettingsForm } from './room/settings.tsx'
import { ago, linkTo, moment, until } from './room-words.ts'
import { span } from './words.ts'

export function RoomPage(view: RoomView) {
  const here = roomPath(view.room, view.botName)
  const campfire = linkTo(view.address, view.room)
  return (
    <>
      <h1>{roomTitle(view)}</h1>
      <p class="lead">
        <strong>{view.botName}</strong>, <VersionLink name={view.botName} source={view.goesBy} />,
        in {view.direct ? 'direct conversation' : 'room'} {view.room}
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
      <Figure name="Waiting">{queue.waiting}</Figure>
      <Figure name="Oldest wait">{queue.oldestMs === null ? '–' : span(queue.oldestMs)}</Figure>
      <Figure name="Conversation began">{session ? ago(now, session.startedAt) : '–'}</Figure>
      <Figure name="Remembers from">
        {conversation.fromTurn ? `turn ${conversation.fromTurn}` : '–'}
      </Figure>
      {index?.state === 'listing' || index?.state === 'complete' ? (
        <Figure name="Messages it can find">{index.listed.toLocaleString('en-US')}</Figure>
      ) : null}
      {session?.expiresAt ? (
        <Figure name="Expires">
          <time datetime={session.expiresAt} title={moment(session.expiresAt)}>
            {until(now, session.expiresAt)}
          </time>
        </Figure>
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
