import { Hono } from 'hono'
import { answerError, answerNothing } from './operator/answer.ts'
import type { App } from './operator/app.ts'
import { assets } from './operator/assets.ts'
import { bots } from './operator/bots.ts'
import { costs } from './operator/costs.ts'
import { forms } from './operator/forms.ts'
import { health } from './operator/health.ts'
import { kept } from './operator/kept.ts'
import { overview } from './operator/now.ts'
import { rooms } from './operator/rooms.ts'
import { servers } from './operator/servers.ts'
import { signIn } from './operator/sign-in.ts'

const resources = new Hono<App>()
  .route('/', health)
  .route('/', assets)
  .route('/', signIn)
  .route('/', overview)
  .route('/', rooms)
  .route('/', bots)
  .route('/', servers)
  .route('/', costs)
  .route('/', kept)
  .get('*', answerNothing)
  .onError(answerError)

/**
 * For whoever runs the bots. Every address is a page for a browser and JSON for everybody else, closed but
 * to the operator. Nothing is done by a POST that is no form of ours: Campfire could send one.
 */
export const operator = new Hono<App>()
  .use(forms((request, env, ctx) => resources.fetch(request, env, ctx)))
  .route('/', resources)
