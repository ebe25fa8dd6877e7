import type { KeptList } from '../../kept/schemas.ts'
import { botTitle, Moment, roomTitle } from '../place.tsx'
import { ChangeForm, DeleteForm, placeOf, Somebody, TextField } from './parts.tsx'

export function KeptListPage(list: KeptList) {
  const room = placeOf(list)
  const place = `${room}/lists/${list.number}`
  const title = list.name || 'To do'
  return (
    <>
      <p>
        <a href={room}>
          {roomTitle({ room: list.room, name: list.roomName })}, {botTitle(list)}
        </a>
      </p>
      <h1>{title}</h1>
      <section class="card">
        {!list.items.length && <p class="soft">Nothing is on it.</p>}
        <ul class="bare">
          {list.items.map((one) => (
            <li class="kept">
              <Item place={place} {...one} />
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>The list itself</h2>
        <div class="row">
          <ChangeForm to={place} what="the name of the list" one={{ name: list.name }}>
            <TextField
              id="list-name"
              name="name"
              label="Name"
              value={list.name}
              most={60}
              isNeeded
            />
          </ChangeForm>
          <DeleteForm to={place} what="the list with all that is on it" />
        </div>
      </section>
    </>
  )
}

function Item({ place, ...one }: { place: string } & KeptList['items'][number]) {
  const to = `${place}/items/${one.number}`
  const id = `item-${one.number}`
  return (
    <>
      <p>
        <span class={`tag ${one.doneAt === null ? '' : 'good'}`}>
          {one.number} {one.doneAt === null ? 'open' : 'done'}
        </span>{' '}
        <strong>{one.text}</strong>
      </p>
      {one.notes !== null && <p>{one.notes}</p>}
      <p class="soft">
        {one.assignee === null ? 'Nobody’s' : <Somebody {...one.assignee} />}
        {one.due !== null && `, due on ${one.due}`}
        {one.doneAt !== null && (
          <>
            , done on <Moment at={one.doneAt} />
          </>
        )}
      </p>
      <div class="row">
        <form method="post" action={to}>
          <input type="hidden" name="_method" value="PATCH" />
          <input type="hidden" name="done:flag" value={one.doneAt === null ? 'true' : 'false'} />
          <button type="submit" class="quiet" aria-label={doneLabel(one)}>
            {one.doneAt === null ? 'Done' : 'Open again'}
          </button>
        </form>
        <ChangeForm to={to} what={`item ${one.number}`} one={one}>
          <TextField
            id={`${id}-text`}
            name="text"
            label="Words"
            value={one.text}
            most={300}
            isNeeded
          />
          <TextField id={`${id}-notes`} name="notes" label="Notes" value={one.notes} most={300} />
          <label for={`${id}-due`}>Due on</label>
          <input id={`${id}-due`} name="due" type="date" value={one.due ?? ''} />
        </ChangeForm>
        <DeleteForm to={to} what={`item ${one.number}`} />
      </div>
    </>
  )
}

function doneLabel({ number, doneAt }: KeptList['items'][number]) {
  return doneAt === null ? `Item ${number} is done` : `Item ${number} is open again`
}
