import type { RoomView } from '../../schemas.ts'
import { TryAgain } from '../parts.tsx'
import { ago, STATES, why } from '../room-words.ts'
import { dollars } from '../words.ts'

type Here = { here: string }
type Told = RoomView['conversation']['turns'][number]

/** What the bot has read and said, newest first. */
export function Conversation({ now, here, turns, conversation, botName }: RoomView & Here) {
  const { summary, pinned, olderThan } = conversation
  return (
    <section class="card" aria-labelledby="conversation">
      <h2 id="conversation">As {botName} sees it</h2>
      {turns.length === 0 && <p class="empty">Nobody has spoken to it here yet.</p>}
      <ol class="turns">
        {turns.map((turn) => {
          const told = conversation.turns.find(({ turn: id }) => id === turn.id)
          return told ? <Turn now={now} here={here} turn={turn} told={told} /> : null
        })}
      </ol>
      {olderThan !== null && (
        <p>
          <a href={`${here}?before=${olderThan}`}>What came before</a>
        </p>
      )}
      {summary !== null && <Words title="Summary of the earlier conversation" text={summary} />}
      {pinned !== null && <Words title="Always included here" text={pinned} />}
    </section>
  )
}

interface TurnProps extends Here {
  now: string
  turn: RoomView['turns'][number]
  told: Told
}

function Turn({ now, here, turn, told }: TurnProps) {
  const { says, looks } = STATES[turn.state]
  return (
    <li id={`turn-${turn.id}`}>
      <div class="turn-head">
        <h3>
          {told.askerName || 'Nobody'}, turn {turn.id}
        </h3>
        <span class={`tag ${looks}`}>{says}</span>
        <time datetime={turn.startedAt}>{ago(now, turn.startedAt)}</time>
        <span>{why(turn.reason)}</span>
        <a href={`${here}/turns/${turn.id}`}>Receipt, {dollars(told.costDollars)}</a>
        {!told.isRemembered && turn.endedAt !== null && <span>not read any more</span>}
      </div>
      {told.asked.map(({ author, file, text }) => (
        <div class="said">
          <b>{author}</b>
          {file ? `[file: ${file}] ${text}` : text || '(deleted)'}
        </div>
      ))}
      {told.prompt === null && <p class="soft">No text is kept for this turn.</p>}
      {told.steps.map(({ number, state, text, tools }) => (
        <>
          {text && !(state !== 'answered' && told.sentence) && <div class="answered">{text}</div>}
          {tools.map((tool) => (
            <Tool {...tool} key={`${number}-${tool.number}`} />
          ))}
        </>
      ))}
      {told.sentence !== null && <div class="answered">{told.sentence}</div>}
      {told.prompt !== null && <Words title="All that the model read" text={told.prompt} />}
      <Again here={here} turn={turn.id} told={told} />
    </li>
  )
}

const OUTCOMES: Record<string, string> = {
  intended: 'runs',
  ok: 'done',
  error: 'failed',
  unknown: 'outcome unknown',
  waiting: 'waits for a yes',
}

function Tool({ name, state, input, result }: Told['steps'][number]['tools'][number]) {
  return (
    <details>
      <summary>
        Used <code>{name}</code>: {OUTCOMES[state] ?? state}
      </summary>
      <pre tabindex={0}>{input}</pre>
      {result !== null && <pre tabindex={0}>{result}</pre>}
    </details>
  )
}

function Again({ here, turn, told }: Here & { turn: number; told: Told }) {
  const { canTryAgain, triedAgain } = told
  if (triedAgain) {
    return triedAgain.turn === null ? (
      <p class="soft">It is about to be tried again.</p>
    ) : (
      <p>
        Tried again in <a href={`${here}/turns/${triedAgain.turn}`}>turn {triedAgain.turn}</a>.
      </p>
    )
  }
  if (!canTryAgain) return null
  return <TryAgain at={`${here}/turns/${turn}`} />
}

function Words({ title, text }: { title: string; text: string }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre tabindex={0}>{text}</pre>
    </details>
  )
}
