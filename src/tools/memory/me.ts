import { fold } from '../../campfire.ts'
import { timeOf, zoneNamed } from '../../clock.ts'
import type { Changed } from '../../tables/person/changes.ts'
import type { FactKind, PersonFact } from '../../tables/person/facts.ts'
import type { PersonalMemory, ToolContext } from '../context.ts'
import type { MemoryInput } from './input.ts'

/** The asker's own, kept elsewhere and told to nobody else. */
export async function aboutMe(input: MemoryInput, context: ToolContext) {
  const { memory } = context.asker
  if (!memory) throw new Error(NOBODY)
  switch (input.action) {
    case 'recall':
      return await recall(input, memory, context)
    case 'remember':
      return await remember(input, memory, context)
    case 'forget':
      return forgotten(await again(() => memory.forget(context.use, input.number ?? null)), input)
  }
}

const NOBODY =
  'Nobody can be sure who asks here, so nothing about a person is kept or told. Say that they can ask ' +
  'you in Campfire itself.'

async function recall(
  { fact = '', number }: MemoryInput,
  memory: PersonalMemory,
  { timeZone }: ToolContext,
) {
  if (!memory.isAlone) return { told: IN_A_DIRECT }
  const words = fold(fact).split(/\s+/).filter(Boolean)
  const all = await again(() => memory.recall())
  const found = all
    .filter((one) => number === undefined || one.number === number)
    .filter((one) => words.every((word) => fold(one.words).includes(word)))
    .map((one) => shown(one, timeZone))
  return found.length ? found : { told: 'Nothing of that is remembered about them.' }
}

const IN_A_DIRECT =
  'Others read along here. Say that you answer this in a direct conversation with you alone, and name nothing of it here.'

function shown(
  { number, kind, words, private: isPrivate, everywhere, at }: PersonFact,
  zone: string,
) {
  return {
    number,
    ...(kind === 'fact' ? { fact: words } : { [NAMES[kind]]: words }),
    time: timeOf(at, zone),
    used: everywhere || !isPrivate ? 'everywhere' : 'in directs only',
  }
}

const NAMES = { language: 'language', zone: 'time zone', style: 'style' }

async function remember(
  { fact, number, everywhere }: MemoryInput,
  memory: PersonalMemory,
  { use }: ToolContext,
) {
  const told = fact === undefined ? { kind: 'fact' as const, words: null } : kindOf(fact)
  const named = { number: number ?? null, everywhere: everywhere ?? null }
  return kept(await again(() => memory.remember(use, { ...told, ...named })))
}

/** "time zone: Europe/Berlin" is the one that they have; all else is a fact. */
function kindOf(fact: string): { kind: FactKind; words: string } {
  const words = fact.replace(/\s+/g, ' ').trim()
  const [, name = '', value = ''] = ONE.exec(words) ?? []
  const kind = KINDS[name.toLowerCase().replace(' ', '')]
  if (!kind) return { kind: 'fact', words }
  return { kind, words: kind === 'zone' ? zoneIn(value) : value }
}

/** Of these there is one of a person, so what is told takes the place of what was, though nobody names its number. */
export function isOneOfAKind(fact: string) {
  return ONE.test(fact.trim())
}

/** One that their reminders can be reckoned in: an offset as +02:00 is none. */
function zoneIn(name: string) {
  const zone = zoneNamed(name)
  if (zone) return zone
  throw new Error(
    `There is no time zone ${name}. Nothing was kept. Use a name as Europe/Berlin, and no abbreviation or offset.`,
  )
}

const ONE = /^(language|time ?zone|zone|style)\s*[:：]\s*(.+)$/i

const KINDS: Record<string, FactKind> = {
  language: 'language',
  timezone: 'zone',
  zone: 'zone',
  style: 'style',
}

function kept(changed: Changed) {
  if ('gone' in changed) return {}
  if ('refused' in changed) throw new Error(REFUSED[changed.refused])
  const { number, replaced } = changed
  if (replaced === null) return { number, told: `Kept as ${number}.` }
  return {
    number,
    replaced,
    told: `Kept as ${number}, in place of ${replaced}. Say that it replaces it.`,
  }
}

function forgotten(changed: Changed, { number }: MemoryInput) {
  if ('refused' in changed) throw new Error(REFUSED[changed.refused])
  const gone = 'gone' in changed ? changed.gone : 0
  if (number !== undefined) return { told: `${number} is forgotten.` }
  return { told: `All that was remembered about them is forgotten: ${gone} in number.` }
}

const REFUSED = {
  'unknown number':
    'There is no fact of that number about them. Nothing was changed. Use recall in a direct conversation to see the numbers.',
  'too many':
    'There are 100 facts about them already, and no more are kept. Nothing was kept. Ask which to forget.',
  'nothing to change':
    'Give the fact to remember; or with the number of one that is kept, whether it may be used everywhere. Nothing was changed.',
}

const TRIES = 3

/** A second time it changes nothing, so it may be tried again when the answer was lost. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch {
      if (tries === TRIES) throw new Error(OUT_OF_REACH)
    }
  }
}

const OUT_OF_REACH =
  'What is remembered about people cannot be reached right now. It is not known to be kept or forgotten. ' +
  'Say so, and that they can ask again later.'
