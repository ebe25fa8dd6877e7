import { AT_ONCE } from './at-once.ts'
import { CAMPFIRES } from './campfires.ts'
import { CONSENT } from './consent.ts'
import { DEATHS } from './deaths.ts'
import { EFFECTS } from './effects.ts'
import { FILES } from './files.ts'
import { FORGETTING } from './forgetting.ts'
import { GATEWAYS } from './gateways.ts'
import { INDEXING } from './indexing.ts'
import { KEPT } from './kept.ts'
import { LEAVING } from './leaving.ts'
import { LIMITS } from './limits.ts'
import { LISTS } from './lists.ts'
import { MEMORY } from './memory.ts'
import type { Mutant } from './mutant.ts'
import { OUTAGES } from './outages.ts'
import { OUTSIDE } from './outside.ts'
import { PAGE } from './page.ts'
import { READING } from './reading.ts'
import { RECEIPTS } from './receipts.ts'
import { REMEMBERING } from './remembering.ts'
import { REMINDERS } from './reminders.ts'
import { REPLIES } from './replies.ts'
import { SERVERS } from './servers.ts'
import { SIGN_INS } from './sign-ins.ts'
import { SIGNS } from './signs.ts'
import { STORAGE } from './storage.ts'
import { VERSIONS } from './versions.ts'
import { WAITING } from './waiting.ts'
import { WARY } from './wary.ts'
import { WATCHING } from './watching.ts'
import { WORDS } from './words.ts'

/** All of them, each by what it is about. */
export const MUTANTS: Mutant[] = [
  ...EFFECTS,
  ...REPLIES,
  ...SIGNS,
  ...DEATHS,
  ...CONSENT,
  ...FILES,
  ...READING,
  ...FORGETTING,
  ...WORDS,
  ...WAITING,
  ...AT_ONCE,
  ...OUTAGES,
  ...CAMPFIRES,
  ...MEMORY,
  ...GATEWAYS,
  ...REMEMBERING,
  ...RECEIPTS,
  ...LIMITS,
  ...LISTS,
  ...REMINDERS,
  ...INDEXING,
  ...PAGE,
  ...KEPT,
  ...WATCHING,
  ...LEAVING,
  ...VERSIONS,
  ...SERVERS,
  ...SIGN_INS,
  ...OUTSIDE,
  ...WARY,
  ...STORAGE,
]
