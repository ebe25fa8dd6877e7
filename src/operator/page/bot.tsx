import type { BotView } from '../schemas.ts'
import { type Attempt, Edit } from './bot/edit.tsx'
import { Servers } from './bot/servers.tsx'
import { GoesBy, Standing } from './bot/standing.tsx'
import { TestMessage, Use, Webhook } from './bot/use.tsx'
import { Versions } from './bot/versions.tsx'

export { BotsPage } from './bot/list.tsx'
export { BotVersionPage } from './bot/version.tsx'

export function BotPage({ attempt = null, ...bot }: BotView & { attempt?: Attempt | null }) {
  const { name, goesBy, about } = bot
  return (
    <>
      <h1>
        {name} <GoesBy goesBy={goesBy} />
      </h1>
      <p class="soft">{about}</p>
      <Standing {...bot} />
      <Servers {...bot} />
      <Edit bot={bot} attempt={attempt} />
      <Versions {...bot} />
      <div class="grid">
        <Use {...bot} />
        <Webhook {...bot} />
        <TestMessage {...bot} />
      </div>
    </>
  )
}
