import type { Bots } from '../../schemas.ts'
import { Moment } from '../place.tsx'
import { many } from '../words.ts'
import { GoesBy } from './standing.tsx'

export function BotsPage({ bots, broken }: Bots) {
  return (
    <>
      <h1>Bots</h1>
      {broken.map(({ bot, field }) => (
        <p class="problem" role="alert">
          {bot} is left out, and answers nobody: see its {field}.
        </p>
      ))}
      {bots.length === 0 && (
        <p class="card empty">
          Nobody speaks here yet. A bot is a file in <code>src/bots</code> and a key in{' '}
          <code>BOT_KEYS</code>: <code>npm run setup</code> adds one.
        </p>
      )}
      <div class="grid">
        {bots.map((bot) => (
          <BotCard {...bot} />
        ))}
      </div>
    </>
  )
}

function BotCard({ name, model, rooms, heardAt, goesBy, fileChanged }: Bots['bots'][number]) {
  return (
    <section class="card">
      <h2>
        <a href={`/bots/${name}`}>{name}</a>
      </h2>
      <p>
        <span class="tag soft">{model}</span> <GoesBy goesBy={goesBy} />
      </p>
      {fileChanged && (
        <p class="problem">A deploy has changed its file since that version was saved.</p>
      )}
      <p class="soft">
        {many(rooms, 'room')},{' '}
        {heardAt === null ? (
          'never heard from'
        ) : (
          <>
            last heard on <Moment at={heardAt} />
          </>
        )}
      </p>
    </section>
  )
}
