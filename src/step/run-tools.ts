import { log } from '../log.ts'
import type { Sentences } from '../sentences.ts'
import { isApproved, openUses } from '../tables/room/answers.ts'
import { withoutFiles } from '../tables/room/files/told.ts'
import type { ToolUse } from '../tables/room/step.ts'
import { failed, refused, runTool } from '../tools.ts'
import { standsIn } from './known-addresses.ts'
import { isTakenAway } from './limits.ts'
import type { ToolNeeds } from './needs.ts'

/** Tools ask for pages, and one handler may ask for no more than 50 on the free plan. */
const AT_ONCE = 6

/** Everything that a step asked for runs together; each result is kept as soon as it is there. */
export async function runTools(turn: ToolNeeds) {
  const open = openUses(turn.steps.all).slice(0, AT_ONCE)
  turn.draft.tell(statusOfAll(turn, open))
  const changes = open.filter((use) => isChange(turn, use))
  const others = open.filter((use) => !changes.includes(use))
  await Promise.all([...others.map((use) => run(turn, use)), oneByOne(turn, changes)])
}

/** What was added is there where it is shown: they may be about the same rows. */
async function oneByOne(turn: ToolNeeds, uses: ToolUse[]) {
  for (const use of uses) await run(turn, use)
}

function isChange({ bot }: ToolNeeds, use: ToolUse) {
  return bot.tools.find(({ name }) => name === use.name)?.effect === 'change'
}

/** What people read meanwhile: what the first tool that has something to say is about. */
function statusOfAll({ bot, sentences }: ToolNeeds, uses: ToolUse[]) {
  const lines = uses.map((use) => statusOf(bot.tools, use, sentences.language))
  return lines.find(Boolean) ?? ''
}

/** What this one is about, while it runs. Empty: it has nothing to say. */
export function statusOf(
  tools: ToolNeeds['bot']['tools'],
  use: Pick<ToolUse, 'name' | 'input'>,
  language: Sentences['language'],
) {
  const tool = tools.find(({ name }) => name === use.name)
  const input = tool?.status && tool.input.safeParse(use.input)
  return input?.success ? (tool?.status?.(input.data, language) ?? '') : ''
}

async function run(turn: ToolNeeds, use: ToolUse) {
  const { bot, steps } = turn
  if (waitsForApproval(turn, use)) return
  const context = turn.toolsFor(use)
  const finish = isTakenAway(use.name, steps.all)
    ? () =>
        refused(
          `${use.name} failed too often and is gone for the rest of this turn. Do without it.`,
        )
    : await runTool(bot.tools, use, context)

  // What it changes of our rows and the row that says so are one: no `await` from here on.
  const outcome = finish()

  // A stop gives its result to every tool use that came to nothing.
  if (turn.row.stopped_by && outcome.state === 'error') return
  // A file may have been deleted while it was read.
  const told = withoutFiles(outcome.result, (file) => context.files.find(file) === null)
  steps.result(use, outcome.state, told, turn.now())
  const source = outcome.isFromFiles ? 'files' : outcome.isOurs ? null : sourceOf(turn, use)
  if (source) turn.approval.readFrom(source)
  log.info('tool.ran', { ...turn.ref, step: use.step, tool: use.name, ok: outcome.state === 'ok' })
}

/** Where its words come from: those of an error as well. Null: from this room. */
function sourceOf({ bot }: ToolNeeds, use: ToolUse) {
  const tool = bot.tools.find(({ name }) => name === use.name)
  if (!tool?.readsOutside) return null
  return tool.readsOutside === 'files' ? 'files' : (tool.server ?? tool.name)
}

/** Asked for and told so in one: no `await` between the two rows. */
function waitsForApproval(turn: ToolNeeds, use: ToolUse) {
  const tool = turn.bot.tools.find(({ name }) => name === use.name)
  const input = use.unreadable ? null : tool?.input.safeParse(use.input)
  const isApprovedNow = turn.steps.all.some((step) => isApproved(step) && step.number === use.step)
  const goes = tool?.goes && input?.success ? goingBy(turn, use, input.data) : null
  if (isApprovedNow && turn.approval.isOutdated(use, goes)) {
    turn.steps.result(use, 'error', failed(OUTDATED).result, turn.now())
    return true
  }
  if (!input?.success || isApprovedNow) return false
  const isComposed = tool?.opens?.(input.data).some((address) => !isKnown(turn, address))
  if (!isComposed && !turn.approval.isNeeded(use.name, goes)) return false

  if (turn.approval.isInVain()) {
    turn.steps.result(use, 'error', failed(IN_VAIN).result, turn.now())
    return true
  }
  turn.approval.ask(use.name, use.input, goes)
  const result = JSON.stringify({ ok: true, result: 'asked, waiting for somebody to say yes' })
  turn.steps.result(use, 'waiting', result, turn.now())
  return true
}

/** It is asked otherwise by now, and nobody has read the request. */
export function takeBackRequest({ approval, steps, now }: ToolNeeds) {
  approval.takeBack()
  for (const use of steps.all.flatMap(({ uses }) => uses)) {
    if (use.state === 'waiting') steps.result(use, 'error', failed(TAKEN_BACK).result, now())
  }
}

/** What people would lose by it. Where that cannot be told, the tool does nothing either, and says why. */
function goingBy({ bot, toolsFor }: ToolNeeds, use: ToolUse, input: unknown) {
  try {
    return bot.tools.find(({ name }) => name === use.name)?.goes?.(input, toolsFor(use)) ?? null
  } catch {
    return null
  }
}

/** It stands in what a person has said here, in what a search has found, or on a page that was read. */
function isKnown({ bot, row, steps, memory }: ToolNeeds, address: string) {
  const opening = bot.tools.filter(({ opens }) => opens).map(({ name }) => name)
  const current = { prompt: row.prompt ?? '', steps: steps.all }
  // Most stand in what is asked just now: then nobody looks through all that was said before.
  return standsIn(address, [current], opening) || standsIn(address, memory.past().turns, opening)
}

const OUTDATED =
  'Nothing was done: what this tool says of itself, or what would go by it, has changed since it was asked for. Look ' +
  'at it anew; if it is still wanted, call it again, which asks again.'

const TAKEN_BACK =
  'Nothing was done, and nobody was asked for a yes: what is wanted has changed meanwhile.'

const IN_VAIN =
  'Nothing was done. It needs a yes, and nobody can give one: this was asked through the webhook with its ' +
  'secret, and not by a person in the room. Say so.'
