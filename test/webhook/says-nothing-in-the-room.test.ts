import { describe, expect, it } from 'vitest'
import { Campground } from '../campground/campground.ts'
import type { Dialect } from '../campground/dialect.ts'
import {
  broken,
  crash,
  guarded,
  HOME,
  OURS,
  SECRET,
  through,
  useDeliveries,
  WORD,
} from './deliveries.ts'

useDeliveries()

// Campfire posts whatever has a content type into the room. So each of our answers is given to one
// here, for real: the bot's webhook is pointed there, and a person mentions it.
describe.each<Dialect>(['rails', 'port'])('in a Campfire (%s) nothing appears', (dialect) => {
  it.each<[string, string, number, object?]>([
    ['when it is acknowledged', '/webhook', 204],
    ['when it is acknowledged by name', '/webhook/assistant', 204],
    ['at the bot of another key', '/webhook/analyst', 401],
    ['at no bot', '/webhook/nobody', 404],
    ['behind a bot', '/webhook/assistant/more', 404],
    ['when it is acknowledged behind a slash', '/webhook/', 204],
    ['at a broken escape', '/webhook/%E0%A4%A', 404],
    ['at a NUL', '/webhook/%00', 404],
    ['without the secret', '/webhook', 401, guarded()],
    ['with another secret', '/webhook?secret=x', 401, guarded()],
    ['with the secret', `/webhook?secret=${SECRET}`, 204, guarded()],
    ['when we do not know the key', '/webhook', 401, { BOT_KEYS: 'assistant=3-abc' }],
    ['when there are no bots', '/webhook', 401, { BOT_KEYS: undefined }],
    ['when it is one of our own who speaks', '/webhook', 204, { BOT_KEYS: `x=1-a,${OURS()}` }],
    ['when the room throws', '/webhook', 500, { ROOMS: broken(() => crash()) }],
    ['at the root', '/', 404],
    ['at /health', '/health', 404],
    ['at /queue/stats', '/queue/stats', 404],
    ['at /session/stats', '/session/stats', 404],
    ['at a room', '/rooms/1/assistant', 404],
    ['at a session', '/rooms/1/assistant/session', 404],
    ['at a turn', '/rooms/1/assistant/turn', 404],
    ['at settings', '/rooms/1/assistant/settings', 404],
    ['at a favicon', '/favicon.ico', 404],
    ['at a bad address', '/%', 404],
  ])('%s', async (_, path, status, changes) => {
    const { campfire, david, watercooler, statuses } = pointedAt(path, { dialect, changes })
    await campfire.says(david, watercooler, { text: WORD, mentions: [3] }).delivered

    expect(new Set(statuses)).toEqual(new Set([status]))
    expect(whatStandsIn(campfire)).toEqual([{ creator: 'David', file: null }])
  })

  it.each<[string, { token?: string; text?: string; name?: string }, number]>([
    ['when it is more than 8 MB', { text: `${WORD} `.repeat(960_000) }, 413],
    ['when the key is of a strange form', { token: 'a-b' }, 400],
    ['when it is a bare mention', { text: '' }, 204],
  ])('%s', async (_, { token, text = WORD }, status) => {
    const { campfire, david, watercooler, statuses } = pointedAt('/webhook', { dialect, token })
    await campfire.says(david, watercooler, { text, mentions: [3] }).delivered

    expect(new Set(statuses)).toEqual(new Set([status]))
    expect(whatStandsIn(campfire)).toHaveLength(1)
  })

  it('when it is repeated', async () => {
    const { campfire, david, watercooler, statuses } = pointedAt('/webhook', { dialect, times: 3 })
    await campfire.says(david, watercooler, { text: WORD, mentions: [3] }).delivered

    expect(statuses).toEqual([204, 204, 204])
    expect(whatStandsIn(campfire)).toHaveLength(1)
  })
})

interface Pointed {
  dialect: Dialect
  changes?: object | undefined
  token?: string | undefined
  times?: number
}

/** A Campfire of its own, whose assistant has its webhook at this path of ours. */
function pointedAt(path: string, { dialect, changes, token = '7876b7cdc3d5', times = 1 }: Pointed) {
  const statuses: number[] = []
  const campfire = new Campground({
    origin: 'https://chat.example.com',
    dialect,
    now: () => Date.now(),
    wait: () => new Promise(() => {}),
    route: (deliveries) => deliveries.flatMap((delivery) => Array(times).fill(delivery)),
    send: async (request) => {
      const answer = await through(request, changes)
      statuses.push(answer.status)
      return answer
    },
  })
  const david = campfire.addPerson('David', 'administrator', 1)
  const assistant = campfire.addBot('Assistant', { id: 3, token, webhook: `${HOME}${path}` })
  const watercooler = campfire.addRoom('Watercooler', [david, assistant], { id: 1 })
  return { campfire, david, watercooler, statuses }
}

function whatStandsIn(campfire: Campground) {
  return campfire.messagesIn(1).map(({ creator, file }) => ({ creator: creator.name, file }))
}
