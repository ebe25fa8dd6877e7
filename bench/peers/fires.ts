import { Campground } from '../../test/campground/campground.ts'
import { type Handle, serve } from '../../test/e2e/support/serve.ts'
import { StandInCampfire } from '../campfire.ts'
import { ask } from '../http.ts'

/** A Campfire with one bot, whose webhook is somebody's who is compared. */
export interface Fire {
  url: string
  bot: { id: number; key: string }
  newRoom(): number
  /** Returns when the delivery is acknowledged. */
  says(room: number, text: string): Promise<void>
  /** The messages of the bot that stand in the room, as they are shown. */
  posts(room: number): string[]
  /** Told of each post of the bot as soon as it is here. */
  onPost: (text: string) => void
  /** It keeps what it is sent, and does not answer. */
  isMute: boolean
  close(): Promise<unknown>
}

/** To keep the time with: its own work takes next to none of it. */
export async function quickFire(port: number, awayMs = 0): Promise<Fire> {
  const campfire = await StandInCampfire.listen()
  campfire.awayMs = awayMs
  let rooms = 0
  const fire: Fire = {
    url: campfire.url,
    bot: campfire.bot,
    newRoom: () => ++rooms,
    async says(room, text) {
      const { body } = campfire.says(room, text, { direct: false })
      const { status } = await ask(`http://127.0.0.1:${port}/webhook`, { method: 'POST', body })
      if (status !== 204) throw new Error(`The webhook answers ${status}`)
    },
    posts: (room) => campfire.postsIn(room).map(({ text }) => text),
    onPost: () => {},
    isMute: false,
    close: campfire.close,
  }
  campfire.onPost = ({ text }) => fire.onPost(text)
  return fire
}

/** To see what becomes of a room: Campfire's own rules, with lists, edits and deletions. */
export async function faithfulFire(port: number): Promise<Fire> {
  const door: { handle: Handle } = { handle: async () => new Response(null, { status: 503 }) }
  const { url, close } = await serve((request) => door.handle(request))
  const campfire = new Campground({ origin: url, dialect: 'rails' })
  const david = campfire.addPerson('David', 'administrator')
  const webhook = `http://127.0.0.1:${port}/webhook`
  const bot = campfire.addBot('Assistant', { token: '7876b7cdc3d5', webhook })
  const fire: Fire = {
    url,
    bot,
    newRoom: () => campfire.addRoom('Room', [david, bot]).id,
    says: (room, text) => campfire.says(david, room, { text, mentions: [bot] }).delivered,
    posts: (room) => campfire.postsOf(bot, room).map(({ screen }) => screen),
    onPost: () => {},
    isMute: false,
    close,
  }
  door.handle = async (request) => {
    const isPost = request.method === 'POST' && new URL(request.url).pathname.endsWith('/messages')
    const text = isPost ? await request.clone().text() : ''
    const answer = await campfire.handle(request)
    if (isPost) fire.onPost(text)
    return isPost && fire.isMute ? await new Promise<Response>(() => {}) : answer
  }
  return fire
}
