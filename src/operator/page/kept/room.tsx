import type { KeptRoom } from '../../kept/schemas.ts'
import {
  botTitle,
  ChangeForm,
  DeleteForm,
  Moment,
  placeOf,
  roomTitle,
  Somebody,
  TextField,
  Tick,
} from './parts.tsx'

export function KeptRoomPage(kept: KeptRoom) {
  const place = placeOf(kept)
  return (
    <>
      <p>
        <a href="/kept">All rooms</a>
      </p>
      <h1>{roomTitle(kept)}</h1>
      <p class="soft">
        Kept with {botTitle(kept)}. What you change or delete here is noted in the log of acts,
        without its words.
      </p>
      <Reminders place={place} reminders={kept.reminders} />
      <Facts place={place} facts={kept.facts} />
      <Lists place={place} lists={kept.lists} />
    </>
  )
}

function Reminders({ place, reminders }: { place: string } & Pick<KeptRoom, 'reminders'>) {
  return (
    <section class="card">
      <h2>Reminders and tasks</h2>
      {!reminders.length && <p class="soft">None are to come here.</p>}
      <ul class="bare">
        {reminders.map((one) => (
          <li class="kept">
            <Reminder place={place} {...one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Reminder({ place, ...one }: { place: string } & KeptRoom['reminders'][number]) {
  const what = `${one.isTask ? 'task' : 'reminder'} ${one.number}`
  const to = `${place}/reminders/${one.number}`
  const id = `reminder-${one.number}`
  return (
    <>
      <p>
        <span class="tag">{what}</span> <strong>{one.text}</strong>
      </p>
      <p class="soft">
        Asked for by <Somebody {...one.asker} />
        {!one.isTask && (
          <>, for {one.whom === null ? 'everyone in the room' : <Somebody {...one.whom} />}</>
        )}
        . {one.nextAt !== null && <Moment at={one.nextAt} zone={one.zone} />}
        {one.cron !== null && (
          <>
            {' '}
            and again by <code>{one.cron}</code>
          </>
        )}
        {one.isPaused && <span class="tag soft">waits, since whoever asked has not been here</span>}
      </p>
      <div class="row">
        <ChangeForm to={to} what={what}>
          <TextField
            id={`${id}-text`}
            name="text"
            label="Words"
            value={one.text}
            most={1_000}
            isNeeded
          />
          <label for={`${id}-at`}>Once, at</label>
          <input id={`${id}-at`} name="at" type="datetime-local" />
          <TextField
            id={`${id}-cron`}
            name="cron"
            label="Or again and again, by a line of cron"
            value={one.cron}
            most={100}
            hint="Minute, hour, day, month, weekday: 0 9 * * MON is every Monday at nine."
          />
          <TextField
            id={`${id}-zone`}
            name="zone"
            label="On the clock of"
            value={one.zone}
            most={60}
          />
        </ChangeForm>
        <DeleteForm to={to} what={what} />
      </div>
    </>
  )
}

function Facts({ place, facts }: { place: string } & Pick<KeptRoom, 'facts'>) {
  return (
    <section class="card">
      <h2>Remembered of this room</h2>
      {facts.length ? (
        <p class="soft">A conversation that is under way has what it was told until it ends.</p>
      ) : (
        <p class="soft">Nothing is.</p>
      )}
      <ul class="bare">
        {facts.map((one) => (
          <li class="kept">
            <Fact place={place} {...one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Fact({ place, ...one }: { place: string } & KeptRoom['facts'][number]) {
  const to = `${place}/facts/${one.number}`
  const id = `fact-${one.number}`
  return (
    <>
      <p>
        <span class="tag">fact {one.number}</span> {one.words}
      </p>
      <p class="soft">
        Said by <Somebody {...one.author} />
        {one.at !== null && (
          <>
            {' '}
            on <Moment at={one.at} />
          </>
        )}
        {one.always && ', told in every conversation'}
      </p>
      <div class="row">
        <ChangeForm to={to} what={`fact ${one.number}`}>
          <TextField
            id={`${id}-words`}
            name="words"
            label="Words"
            value={one.words}
            most={500}
            isNeeded
          />
          <Tick
            id={`${id}-always`}
            name="always"
            label="Tell it at the start of every conversation"
            isOn={one.always}
          />
        </ChangeForm>
        <DeleteForm to={to} what={`fact ${one.number}`} />
      </div>
    </>
  )
}

function Lists({ place, lists }: { place: string } & Pick<KeptRoom, 'lists'>) {
  return (
    <section class="card">
      <h2>Lists</h2>
      {!lists.length && <p class="soft">There are none.</p>}
      <ul class="bare">
        {lists.map(({ number, name }) => (
          <li>
            <a href={`${place}/lists/${number}`}>{name || 'To do'}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
