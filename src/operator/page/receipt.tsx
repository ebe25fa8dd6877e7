import type { ReceiptView } from '../schemas.ts'
import { Figure, Heads } from './parts.tsx'
import { roomPath, VersionLink } from './place.tsx'
import { linkTo, moment, STATES, why } from './room-words.ts'
import { dollars, many, span } from './words.ts'

/** Everything that is kept of one turn; nobody's words are in it. */
export function ReceiptPage(receipt: ReceiptView) {
  const { says, looks } = STATES[receipt.state]
  return (
    <>
      <h1>Turn {receipt.turn}</h1>
      <p class="lead">
        <span class={`tag ${looks}`}>{says}</span> {why(receipt.reason)} ·{' '}
        <a href={roomPath(receipt.room, receipt.botName)}>Back to the room</a>
      </p>
      <Figures {...receipt} />
      <Steps steps={receipt.steps} />
      <Tools tools={receipt.tools} />
      <Rest {...receipt} />
    </>
  )
}

function Figures({
  startedAt,
  endedAt,
  costDollars,
  callsWithoutPrice,
  steps,
  tools,
}: ReceiptView) {
  const took = endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt)
  return (
    <dl class="figures">
      <Figure name="Took">{took === null ? 'not over' : span(took)}</Figure>
      <Figure name="Cost">
        {dollars(costDollars)}
        {callsWithoutPrice > 0 && ' or more'}
      </Figure>
      <Figure name="Calls of the model">{steps.length}</Figure>
      <Figure name="Tools used">{tools.length}</Figure>
    </dl>
  )
}

function Steps({ steps }: Pick<ReceiptView, 'steps'>) {
  if (!steps.length) return null
  return (
    <section class="card scroll" aria-labelledby="steps" tabindex={0}>
      <h2 id="steps">Calls of the model</h2>
      <table class="stack">
        <Heads
          of={[
            'Call',
            'Model',
            'Outcome',
            { number: 'Read' },
            { number: 'From the cache' },
            { number: 'Written' },
            { number: 'First word' },
            { number: 'Cost' },
            'Request',
          ]}
        />
        <tbody>
          {steps.map((step) => (
            <tr>
              <th scope="row" data-name="Call">
                {step.number}
              </th>
              <td class="whole">{step.model}</td>
              <td>{outcomeOf(step)}</td>
              <td class="number" data-name="Read">
                {tokensRead(step)}
              </td>
              <td class="number" data-name="From the cache">
                {step.tokens?.cacheRead.toLocaleString('en-US') ?? '–'}
              </td>
              <td class="number" data-name="Written">
                {step.tokens?.output.toLocaleString('en-US') ?? '–'}
              </td>
              <td class="number" data-name="First word">
                {step.firstTokenMs === null ? '–' : span(step.firstTokenMs)}
              </td>
              <td class="number" data-name="Cost">
                {step.costDollars === null ? 'no price' : dollars(step.costDollars)}
                {!step.isExact && ' at most'}
              </td>
              <td data-name="Request">
                <code>{step.request ?? '–'}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** In words where it is usual; what is not, as the API calls it. */
function outcomeOf({ state, error, stop }: ReceiptView['steps'][number]) {
  return [state, error ?? (stop && (STOPS[stop] ?? stop))].filter(Boolean).join(', ')
}

const STOPS: Record<string, string> = {
  end_turn: 'done',
  tool_use: 'wants a tool',
  max_tokens: 'cut short',
}

function tokensRead({ tokens }: ReceiptView['steps'][number]) {
  if (!tokens) return '–'
  return (tokens.input + tokens.cacheRead + tokens.cacheWrite).toLocaleString('en-US')
}

function Tools({ tools }: Pick<ReceiptView, 'tools'>) {
  if (!tools.length) return null
  return (
    <section class="card scroll" aria-labelledby="tools" tabindex={0}>
      <h2 id="tools">Tools</h2>
      <table class="stack">
        <Heads of={['Tool', 'Call', 'Outcome', 'What it does', { number: 'Took' }, 'Approval']} />
        <tbody>
          {tools.map(({ step, name, state, effect, ms, approval }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td data-name="Call">{step}</td>
              <td>{state}</td>
              <td>{effect === null ? '–' : EFFECTS[effect]}</td>
              <td class="number" data-name="Took">
                {ms === null ? '–' : span(ms)}
              </td>
              <td data-name="Approval">
                {approval === null
                  ? 'none needed'
                  : [approval.outcome, approval.by && `by user ${approval.by}`]
                      .filter(Boolean)
                      .join(' ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const EFFECTS = {
  read: 'looks',
  change: 'changes what we keep',
  outside: 'reaches outside the room',
}

function Rest(receipt: ReceiptView) {
  const { reference, startedAt, askerId, messages, tier, crashes, failures, error, version } =
    receipt
  const { stoppedBy, fallbackModel, edits, compactions, botName, madeFiles } = receipt
  const here = `${roomPath(receipt.room, botName)}/turns/${receipt.turn}`
  return (
    <section class="card" aria-labelledby="rest">
      <h2 id="rest">Everything else</h2>
      <dl class="receipt-pairs">
        <Pair name="Reference" value={reference} />
        <Pair name="Began" value={moment(startedAt)} />
        <Pair
          name="Asker"
          value={askerId > 0 ? `user ${askerId}` : 'nobody that Campfire vouches for'}
        />
        <dt>It took</dt>
        <dd>
          {messages.length
            ? messages.map((message, index) => (
                <>
                  {index > 0 && ', '}
                  <MessageLink {...receipt} message={message} />
                </>
              ))
            : 'none'}
        </dd>
        <dt>Messages it posted</dt>
        <dd>
          <Replies {...receipt} />
        </dd>
        {madeFiles.length > 0 && (
          <Pair
            name="Made by code"
            value={madeFiles
              .map(({ name, outcome }) => `${name ?? 'a file'}: ${outcome}`)
              .join(', ')}
          />
        )}
        <Pair name="Session" value={TIERS[tier]} />
        <Pair
          name="Survived"
          value={`${many(crashes, 'crash', 'crashes')}, ${many(failures, 'failure')}`}
        />
        {edits !== null && <Pair name="Edited as it grew" value={many(edits, 'time')} />}
        {error !== null && <Pair name="Error" value={error} />}
        {stoppedBy !== null && <Pair name="Stopped by" value={`the ${stoppedBy}`} />}
        {fallbackModel !== null && <Pair name="Turned to" value={fallbackModel} />}
        {compactions.length > 0 && (
          <Pair name="Summarised afterwards" value={compactions.map(shortIn).join('; ')} />
        )}
        <dt>Bot</dt>
        <dd>
          {botName}, <VersionLink name={botName} source={version.saved} />
        </dd>
        <Pair name="Firekeeper" value={version.worker ?? 'unknown'} />
        <Pair name="Mark of its file" value={version.bot ?? 'unknown'} />
        <Pair name="Mark of its prompt" value={version.instructions ?? 'unknown'} />
      </dl>
      <p>
        <a href={`${here}/replay`} download={`turn-${reference}.json`}>
          Save it, to play it again
        </a>
      </p>
    </section>
  )
}

function shortIn(call: ReceiptView['compactions'][number]) {
  const { state, error, model, costDollars, isExact, request } = call
  const cost = costDollars === null ? 'no price' : dollars(costDollars)
  const told = [error ?? state, model, isExact ? cost : `${cost} at most`, request]
  return told.filter((one) => one !== null).join(', ')
}

const TIERS = {
  hot: 'still in memory (hot)',
  warm: 'read from storage (warm)',
  cold: 'a new one (cold)',
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function MessageLink({
  url,
  room,
  message,
}: Pick<ReceiptView, 'url' | 'room'> & { message: number }) {
  const to = linkTo(url, room, message)
  const name = `message ${message}`
  if (!to) return <>{name}</>
  return (
    <a href={to} rel="noreferrer">
      {name}
    </a>
  )
}

function Replies({ replies, url, room }: ReceiptView) {
  if (!replies.length) return <>none</>
  return (
    <ul class="bare">
      {replies.map(({ message, state, file, mentions }) => {
        return (
          <li>
            {message === null ? 'no message' : <MessageLink {...{ url, room, message }} />}, {state}
            {file && ', a file'}
            {mentions ? `, told ${many(mentions, 'person', 'people')}` : ''}
          </li>
        )
      })}
    </ul>
  )
}
