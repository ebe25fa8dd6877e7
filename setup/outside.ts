import { membersIn } from '../src/bots.ts'
import { doubtful, type Finding, type Settings, well, wrong } from '../src/operator/doctor.ts'

/** A Worker must say nothing where Campfire calls: whatever has a content type ends up in the room. */
export async function examineWebhook(worker: string, settings: Settings): Promise<Finding[]> {
  const { members } = membersIn(settings.BOT_KEYS ?? '')
  const secret = settings.WEBHOOK_SECRET
  const query = secret ? `?secret=${encodeURIComponent(secret)}` : ''
  const asked = await Promise.all([
    ...members.map(async ({ bot, key }) => {
      const answer = await deliver(`${worker}/webhook${query}`, key)
      return bareOf(`webhook, as ${bot.name}`, answer) ?? statusOf(bot.name, answer)
    }),
    // Its refusals go through the same proxies.
    refused('webhook, a strange key', `${worker}/webhook${query}`),
    refused('webhook, a wrong address', `${worker}/webhook/nobody/at/all`),
  ])
  const [first] = asked
  const isOne = asked.every(({ state, says }) => state === 'wrong' && says === first?.says)
  return first && isOne ? [{ ...first, about: 'webhook' }] : asked
}

type Answered = { status: number; type: string | null; size: number } | null

/** As Campfire sends it, but of a type that nobody takes for a message: it changes nothing. */
async function deliver(url: string, key: string): Promise<Answered> {
  const payload = {
    type: 'doctor',
    user: { id: 1 },
    room: { id: 1, path: `/rooms/1/${key}/messages` },
  }
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(payload),
      redirect: 'manual',
      // As long as Campfire waits.
      signal: AbortSignal.timeout(7_000),
    })
    const { byteLength } = await answer.arrayBuffer()
    return { status: answer.status, type: answer.headers.get('content-type'), size: byteLength }
  } catch {
    return null
  }
}

/** Null: nothing of it would be seen in the room. */
function bareOf(about: string, answer: Answered): Finding | null {
  if (answer === null) {
    const todo = 'Look whether the Worker runs, and whether that is its address.'
    return wrong(about, 'Nobody answers within the seven seconds that Campfire waits.', todo)
  }
  if (answer.type === null) return null
  const says = `It answers ${answer.status} with ${answer.type.split(';')[0]}, which Campfire would post into the room.`
  const todo =
    'Let whatever stands before the Worker, a proxy or a sign-in, pass /webhook on untouched.'
  return wrong(about, says, todo)
}

function statusOf(name: string, answer: Answered): Finding {
  const about = `webhook, as ${name}`
  const status = answer?.status ?? 0
  if (status === 204) return well(about, 'It takes a delivery with this key, and says nothing.')
  if (status === 401) {
    const todo = 'Run npm run deploy, so that it has the settings of this file.'
    return wrong(about, 'The Worker has another key for it, or another WEBHOOK_SECRET.', todo)
  }
  const todo = 'Look into the log: npx wrangler tail.'
  return wrong(about, `It answers ${status} where 204 is right.`, todo)
}

async function refused(about: string, url: string): Promise<Finding> {
  const answer = await deliver(url, '1-nobody')
  const seen = bareOf(about, answer)
  if (seen) return seen
  const isRefused = answer !== null && answer.status >= 400 && answer.status < 500
  return isRefused
    ? well(about, 'It is refused, and nothing of that is seen in the room.')
    : doubtful(about, `It answers ${answer?.status}.`, 'Is it a Firekeeper that runs there?')
}
