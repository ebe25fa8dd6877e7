import type { Child } from 'hono/jsx'
import { type Changeable, markOfKept } from '../../../tables/kept-mark.ts'

export function placeOf({
  room,
  bot,
  botName,
}: {
  room: number
  bot: number
  botName: string | null
}) {
  return `/kept/rooms/${room}/${botName ?? bot}`
}

/** Whoever only claimed to be somebody has a number below zero. */
export function Somebody({ id, name }: { id: number; name: string | null }) {
  if (id < 0) return <>somebody who says to be user {-id}</>
  return <a href={`/kept/people/${id}`}>{name ?? `user ${id}`}</a>
}

export function Tabs({ here }: { here: 'rooms' | 'people' }) {
  return (
    <p class="row">
      <Tab to="/kept" name="By room" isHere={here === 'rooms'} />
      <Tab to="/kept/people" name="By person" isHere={here === 'people'} />
    </p>
  )
}

function Tab({ to, name, isHere }: { to: string; name: string; isHere: boolean }) {
  return isHere ? <strong class="tag">{name}</strong> : <a href={to}>{name}</a>
}

interface ShelfProps<Row> {
  title: string
  /** What is to be known of them, where there are any. */
  about?: string
  none: string
  rows: Row[]
  children: (row: Row) => Child
}

/** Things of one kind, one under the other. */
export function Shelf<Row>({ title, about, none, rows, children }: ShelfProps<Row>) {
  const says = rows.length ? about : none
  return (
    <section class="card">
      <h2>{title}</h2>
      {says !== undefined && <p class="soft">{says}</p>}
      <ul class="bare">
        {rows.map((row) => (
          <li class="kept">{children(row)}</li>
        ))}
      </ul>
    </section>
  )
}

/** Opens in place, and sends what is in it; without a script just as well. */
interface ChangeFormProps {
  to: string
  what: string
  /** As it stands. */
  one: Changeable
  children: Child
}

export function ChangeForm({ to, what, one, children }: ChangeFormProps) {
  return (
    <details>
      <summary aria-label={`Change ${what}`}>Change</summary>
      <form method="post" action={to}>
        <input type="hidden" name="_method" value="PATCH" />
        <input type="hidden" name="from" value={markOfKept(one)} />
        {children}
        <p>
          <button type="submit">Save</button>
        </p>
      </form>
    </details>
  )
}

export function DeleteForm({ to, what }: { to: string; what: string }) {
  return (
    <form method="post" action={to} data-confirm={`Delete ${what} for good?`}>
      <input type="hidden" name="_method" value="DELETE" />
      <button type="submit" class="danger" aria-label={`Delete ${what}`}>
        Delete
      </button>
    </form>
  )
}

interface FactFormsProps {
  to: string
  what: string
  one: { number: number; words: string } & Changeable
  /** Where it may be used. */
  children: Child
}

/** Of what is remembered of a room, or of a person. */
export function FactForms({ to, what, one, children }: FactFormsProps) {
  const id = `fact-${one.number}-words`
  return (
    <div class="row">
      <ChangeForm to={to} what={what} one={one}>
        <TextField id={id} name="words" label="Words" value={one.words} most={500} isNeeded />
        {children}
      </ChangeForm>
      <DeleteForm to={to} what={what} />
    </div>
  )
}

interface TextField {
  id: string
  name: string
  label: string
  value: string | null
  most: number
  hint?: string
  isNeeded?: boolean
}

export function TextField({ id, name, label, value, most, hint, isNeeded }: TextField) {
  const hintId = `${id}-hint`
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        value={value ?? ''}
        maxlength={most}
        required={isNeeded ?? false}
        {...(hint && { 'aria-describedby': hintId })}
      />
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
    </>
  )
}

/** One that is not ticked sends nothing by itself. */
export function Tick({
  id,
  name,
  label,
  isOn,
}: {
  id: string
  name: string
  label: string
  isOn: boolean
}) {
  return (
    <>
      <input type="hidden" name={`${name}:flag`} value="false" />
      <label for={id}>
        <input type="checkbox" id={id} name={`${name}:flag`} value="true" checked={isOn} />
        {label}
      </label>
    </>
  )
}
