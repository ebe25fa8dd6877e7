import type { KeptPerson } from '../../kept/schemas.ts'
import { Moment } from '../place.tsx'
import { FactForms, Shelf, Tick } from './parts.tsx'

export function KeptPersonPage({ id, name, facts }: KeptPerson) {
  return (
    <>
      <p>
        <a href="/kept/people">All people</a>
      </p>
      <h1>{name ?? `User ${id}`}</h1>
      <p class="soft">
        What they asked to be remembered of themselves, some of it in private. They can see and
        change it themselves: “what do you know about me?” in a direct conversation with a bot.
      </p>
      <Shelf title="Remembered of them" none="Nothing is." rows={facts}>
        {(one) => <Fact person={id} {...one} />}
      </Shelf>
    </>
  )
}

const KINDS = { language: 'language', zone: 'time zone', style: 'style', fact: 'fact' }

function Fact({ person, ...one }: { person: number } & KeptPerson['facts'][number]) {
  const to = `/kept/people/${person}/facts/${one.number}`
  const what = `${KINDS[one.kind]} ${one.number}`
  return (
    <>
      <p>
        <span class="tag">{what}</span> {one.words}
      </p>
      <p class="soft">
        Told {one.isPrivate ? 'in a direct' : `in room ${one.room}`} on <Moment at={one.at} />, used{' '}
        {one.everywhere || !one.isPrivate ? 'everywhere' : 'in directs only'}
      </p>
      <FactForms to={to} what={what} one={one}>
        <Tick
          id={`fact-${one.number}-everywhere`}
          name="everywhere"
          label="It may be used everywhere"
          isOn={one.everywhere}
        />
      </FactForms>
    </>
  )
}
