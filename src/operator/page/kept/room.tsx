import type { KeptRoom } from '../../kept/schemas.ts'
import { botTitle, Moment, roomTitle } from '../place.tsx'
import {
  ChangeForm,
  DeleteForm,
  FactForms,
  placeOf,
  Shelf,
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
      <Shelf title="Reminders and tasks" none="No upcoming reminders." rows={kept.reminders}>
        {(one) => <Reminder place={place} {...one} />}
      </Shelf>
      <Shelf
        title="Remembered of this room"
        about="A conversation that is under way has what it was told until it ends."
        none="Nothing is."
        rows={kept.facts}
      >
        {(one) => <Fact place={place} {...one} />}
      </Shelf>
      <Shelf title="Lists" none="There are none." rows={kept.lists}>
        {({ number, name }) => <a href={`${place}/lists/${number}`}>{name || 'To do'}</a>}
      </Shelf>
      <Shelf title="Files" none="Nobody has given any." rows={kept.files}>
        {(one) => <File place={place} {...one} />}
      </Shelf>
    </>
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
        . <When {...one} />
      </p>
      <div class="row">
        <ChangeForm to={to} what={what} one={one}>
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
            label="Or repeat it (cron)"
            value={one.cron}
            most={100}
            hint="Minute, hour, day, month, weekday: 0 9 * * MON is every Monday at nine."
          />
          <TextField id={`${id}-zone`} name="zone" label="Time zone" value={one.zone} most={60} />
        </ChangeForm>
        <DeleteForm to={to} what={what} />
      </div>
    </>
  )
}

function When({ nextAt, zone, cron, isPaused }: KeptRoom['reminders'][number]) {
  const line = cron !== null && <code>{cron}</code>
  if (isPaused) return <>Whoever asked for it has not been here for long, so it waits. {line}</>
  return (
    <>
      {nextAt !== null && <Moment at={nextAt} zone={zone} />}
      {line && <>, again by {line}</>}
    </>
  )
}

function Fact({ place, ...one }: { place: string } & KeptRoom['facts'][number]) {
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
      <FactForms to={`${place}/facts/${one.number}`} what={`fact ${one.number}`} one={one}>
        <Tick
          id={`fact-${one.number}-always`}
          name="always"
          label="Tell it at the start of every conversation"
          isOn={one.always}
        />
      </FactForms>
    </>
  )
}

function File({ place, ...one }: { place: string } & KeptRoom['files'][number]) {
  return (
    <>
      <p>
        <span class="tag">{one.kind}</span> <strong>{one.name}</strong>
      </p>
      <p class="soft">
        {size(one.bytes)}, from <Somebody {...one.author} />
        {one.at !== null && (
          <>
            {' '}
            on <Moment at={one.at} />
          </>
        )}
      </p>
      <DeleteForm to={`${place}/files/${one.number}`} what={`file ${one.number}`} />
    </>
  )
}

function size(bytes: number) {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
