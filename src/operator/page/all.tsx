import type { Child } from 'hono/jsx'
import { ASSETS, addressOf } from './assets.ts'
import { BotPage, BotsPage, BotVersionPage } from './bot.tsx'
import { CostsPage } from './costs.tsx'
import { ActsPage, DoctorPage, StatusPage } from './health.tsx'
import {
  KeptListPage,
  KeptPeoplePage,
  KeptPersonPage,
  KeptRoomPage,
  KeptRoomsPage,
} from './kept.tsx'
import { NowPage } from './now.tsx'
import { NothingPage, ProblemPage } from './problem.tsx'
import { ReceiptPage } from './receipt.tsx'
import { RoomPage } from './room.tsx'
import { RoomsPage } from './rooms.tsx'
import { type Around, Shell } from './shell.tsx'
import { SignInPage } from './sign-in.tsx'
import { SignedInPage, SigningInPage } from './signed-in.tsx'

export { ASSETS }

/** Every page by its name: what it is called in the window's title, and what is on it. */
export const PAGES = {
  now: { title: 'Now', Page: NowPage },
  rooms: { title: 'Rooms', Page: RoomsPage },
  room: { title: 'Room', Page: RoomPage },
  receipt: { title: 'Receipt', Page: ReceiptPage },
  bots: { title: 'Bots', Page: BotsPage },
  bot: { title: 'Bot', Page: BotPage },
  botVersion: { title: 'Version of a bot', Page: BotVersionPage },
  signIn: { title: 'Sign in', Page: SignInPage },
  costs: { title: 'Costs', Page: CostsPage },
  kept: { title: 'Kept', Page: KeptRoomsPage },
  keptPeople: { title: 'What bots remember about people', Page: KeptPeoplePage },
  keptPerson: { title: 'What bots remember about this person', Page: KeptPersonPage },
  keptRoom: { title: 'Kept in a room', Page: KeptRoomPage },
  keptList: { title: 'A list', Page: KeptListPage },
  status: { title: 'Health', Page: StatusPage },
  doctor: { title: 'The doctor', Page: DoctorPage },
  acts: { title: 'Activity log', Page: ActsPage },
  signingIn: { title: 'Continue to sign in', Page: SigningInPage },
  signedIn: { title: 'Signed in', Page: SignedInPage },
  problem: { title: 'That did not work', Page: ProblemPage },
  nothing: { title: 'Page not found', Page: NothingPage },
}

export async function render<Name extends keyof typeof PAGES>(
  name: Name,
  value: Parameters<(typeof PAGES)[Name]['Page']>[0],
  around: Around,
) {
  const { title, Page } = PAGES[name] as {
    title: string
    Page: (value: Parameters<(typeof PAGES)[Name]['Page']>[0]) => Child
  }
  const isOpen = name === 'signIn' || name === 'signedIn' || name === 'nothing'
  const html = (
    <Shell title={title} around={around} isOpen={isOpen} addressOf={addressOf}>
      {Page(value)}
    </Shell>
  )
  return `<!doctype html>${await html.toString()}`
}
