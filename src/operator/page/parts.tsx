import type { Child } from 'hono/jsx'
import type { Finding } from '../doctor.ts'

/** One of a list `class="figures"`. */
export function Figure({ name, children }: { name: string; children: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The head of a table. What is a number stands at the right of its column. */
export function Heads({ of }: { of: (string | { number: string })[] }) {
  return (
    <thead>
      <tr>
        {of.map((head) =>
          typeof head === 'string' ? (
            <th scope="col">{head}</th>
          ) : (
            <th scope="col" class="number">
              {head.number}
            </th>
          ),
        )}
      </tr>
    </thead>
  )
}

const LOOKS = { well: 'good', doubtful: 'soft', wrong: 'bad' } as const

/** How something that the doctor looked at stands. */
export function FindingTag({ state, children }: Pick<Finding, 'state'> & { children: Child }) {
  return <span class={`tag ${LOOKS[state]}`}>{children}</span>
}

/** Of a turn that failed or was set aside, at its address. */
export function TryAgain({ at, label = 'Try again' }: { at: string; label?: string }) {
  return (
    <form
      method="post"
      action={`${at}/again`}
      data-confirm="Try this again? The bot answers in the room, in a turn of its own."
    >
      <input type="hidden" name="_method" value="PUT" />
      <button type="submit" class="quiet" aria-label={label}>
        Try again
      </button>
    </form>
  )
}
