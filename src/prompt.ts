import type { Bot } from './bots.ts'
import type { Prompt } from './model.ts'
import { withoutFilesGone } from './prompt/conversation.ts'
import { Fingerprint } from './prompt/fingerprint.ts'
import { asRead } from './prompt/instructions.ts'
import { shownIn } from './prompt/shown.ts'
import { conversationOf, type Transcript } from './prompt/transcript.ts'
import type { Files } from './tables/room/files.ts'
import type { Instructions } from './tables/room/instructions.ts'
import type { Step } from './tables/room/step.ts'

export { dropTakenBack } from './prompt/drop-deleted.ts'
export { dropWordsOf } from './prompt/drop-words-of.ts'
export { earlierEdits } from './prompt/earlier-edits.ts'
export { asShown } from './prompt/edited.ts'
export { Fingerprint } from './prompt/fingerprint.ts'
export { instructionsFor, instructionsOf, keepInstructions } from './prompt/instructions.ts'
export { NOTICES } from './prompt/notices.ts'
export { ownWordsBefore, saysNothing } from './prompt/pointed.ts'
export { prefaceOf } from './prompt/preface.ts'
export { lookBeforeTurn, lookEarly, silentlyHeard, type View } from './prompt/read-along.ts'
export { askedBy, askedIn, isTakenBack, wasEdited } from './prompt/read-back.ts'
export { type Remark, together } from './prompt/remarks.ts'
export { aboutAsker, roomMemory } from './prompt/remembered.ts'
export { partsOf } from './prompt/said.ts'
export { ASKED_ANEW, SecondLook, type SecondView, TAKEN_BACK } from './prompt/second-look.ts'
export { isHanded } from './prompt/shown.ts'
export { stubOf } from './prompt/stub.ts'
export { type Preface, stepPosition } from './prompt/transcript.ts'
export { againPrompt, morePrompt, turnPrompt } from './prompt/turn-prompt.ts'

interface Asking {
  instructions: Instructions
  model?: string
  mayUseTools?: boolean
  /** The API finds tools that are seldom needed: see `Model`. */
  searchesTools?: boolean
  /** What this address does not take. */
  without?: ReadonlySet<string>
  /** By which it is seen whether the place where code has run is still there. */
  now?: number
  /** What its turns show, and where the bytes of that are. */
  files?: Pick<Files, 'find' | 'read' | 'uploads'>
  /** In which they were said. */
  session?: number
  /** How often the open turn has used each of the API's own tools. */
  used?: ReadonlyMap<string, number>
}

/** Tells whether a text is the same as another one was. */
export function hashOf(text: string) {
  return new Fingerprint().add(text).value
}

/** What is asked of the model. Whoever sends the same session sends the same bytes. */
export function requestOf(
  bot: Bot,
  transcript: Transcript,
  { instructions, model = bot.model, ...asking }: Asking,
): ModelRequest {
  const { mayUseTools = true, searchesTools = true, without = new Set(), files } = asking
  const { session = 0, now = 0, used = new Map() } = asking
  const { tools, ...read } = asRead(instructions, { searchesTools, without, used })
  const shelf = files && { files, session, now, bot, without }
  const shown = shelf ? shownIn(transcript.turns, shelf) : new Map()
  const opensPages = tools.some(({ server }) => server?.name === 'web_fetch')
  const toolNames = new Set(tools.map(({ name }) => name))
  const how = { model, shown, opensPages, toolNames, ...read }
  const turns = files ? withoutFilesGone(transcript.turns, files) : transcript.turns
  const conversation = conversationOf({ ...transcript, turns }, how)
  const { system } = instructions
  const before = transcript.turns.flatMap(({ steps }) => steps)
  const previous = before.findLast(({ diagnostics }) => diagnostics?.message)?.diagnostics?.message
  const container = containerIn(before, { now, left: files?.uploads.placesLeft })
  const runsCode = tools.some(({ server }) => server?.name === 'code_execution')
  const prompt = {
    model,
    system,
    tools,
    messages: conversation.messages(),
    ends: conversation.ends(Boolean(transcript.turns.at(-1)?.about)),
    maxTokens: bot.maxTokens,
    mayUseTools,
    ...(bot.effort && { effort: bot.effort }),
    ...(bot.thinking && { thinking: bot.thinking }),
    ...(bot.reply === 'grow' && { tellsThinking: true }),
    ...(previous && { previous }),
    ...(runsCode && container && { container }),
    ...(files && shown.size > 0 && { bytesOf: bytesIn(files) }),
  }
  const { prefix, endsInWords } = conversation
  return { prompt, prefix, endsInWords, turnAt: (message) => conversation.turnAt(message) }
}

export interface ModelRequest {
  prompt: Prompt
  /** A hash of what stands in it: what the model thinks is valid behind nothing else. */
  prefix: number
  /** Nobody has said anything since its last words: so the API refuses it. */
  endsInWords: boolean
  /** Whose words the message with this number is, as the API counts them. */
  turnAt(message: number): number | null
}

function bytesIn(files: Pick<Files, 'find' | 'read'>) {
  return (number: number, from: number, to: number) =>
    files.find(number) ? files.read(number, from, to) : null
}

/** It may take a while to be asked, and then it must not be gone. */
const SOON = 60_000

/** The newest place where code has run in this session, while it is there. */
function containerIn(
  steps: Step[],
  { now, left }: { now: number; left: ReadonlySet<string> | undefined },
) {
  const places = steps.flatMap(({ diagnostics }) => diagnostics?.container ?? [])
  const last = places.findLast(({ id }) => !left?.has(id))
  return last && last.until > now + SOON ? last.id : null
}
