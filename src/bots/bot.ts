import * as z from 'zod'
import { zoneNamed } from '../clock.ts'
import type { InEach, Language } from '../languages.ts'
import type { Skill } from '../skills/skill.ts'
import { Server } from '../tools/mcp/server.ts'
import type { Tool } from '../tools/tool.ts'
import { SERVER_TOOL_NAMES, ServerTools } from './server-tools.ts'

const About = z.string().trim().min(1).max(300)
/** In whichever languages it is given; English is what everybody else reads. */
const InLanguages = z.strictObject({
  en: About,
  ...({
    de: About.optional(),
    es: About.optional(),
    fr: About.optional(),
    it: About.optional(),
    ja: About.optional(),
    nl: About.optional(),
    pt: About.optional(),
    zh: About.optional(),
  } satisfies Omit<InEach<unknown>, 'en'>),
})

/** What a bot is. Data only; a field that nothing reads is refused. */
const Fields = z.strictObject({
  /** As in `BOT_KEYS` and in `/webhook/:bot`. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower case letters, digits and dashes'),
  /** One sentence for people: what it is good for. Part of `help`. One text, or one for each language. */
  about: z.union([About, InLanguages]),
  /** Who it is and how it speaks, for the model. */
  instructions: z.string().min(1),
  model: z.string().min(1),
  /** Steps in for the rest of a turn when the model cannot be had. */
  fallbackModel: z.string().min(1).optional(),
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional(),
  thinking: z.literal('adaptive').optional(),
  /** Output tokens of one model call. */
  maxTokens: z.int().min(256).max(128_000).default(8_000),
  /** `grow`: the answer appears early and is edited as it grows. `whole`: it is posted when it is done. */
  reply: z.enum(['grow', 'whole']).default('grow'),
  /**
   * Where nothing can be edited an answer shows nothing before it is whole: `say` posts one line when it takes
   * longer than 15 s, once in a turn. `quiet`: people wait.
   */
  progress: z.enum(['say', 'quiet']).default('say'),
  /**
   * An answer of which nobody can know whether it arrived, since this Campfire cannot list: it is sent
   * again, and may stand twice, or it is not, and may be missing.
   */
  unsure: z.enum(['may stand twice', 'may be missing']).default('may stand twice'),
  /** What the asker says while a turn runs: shown to the model at its next step, or kept for the next turn. */
  whileWorking: z.enum(['steer', 'queue']).default('steer'),
  /** When it speaks in rooms and in directs. In a direct of more than two, `always` means `mentioned`. */
  speaks: z
    .strictObject({
      inRooms: z.enum(['mentioned', 'always']).default('mentioned'),
      inDirects: z.enum(['mentioned', 'always']).default('always'),
    })
    .prefault({}),
  /** The zone in which it tells and reads the time, as `Europe/Berlin`. */
  timeZone: z
    .string()
    .refine((name) => zoneNamed(name) !== null, 'a name as Europe/Berlin')
    .default('UTC'),
  tools: z.array(z.custom<Tool>(isTool, 'not a tool')).default([]),
  /** What the API does by itself: searching the web, opening pages, running code. See `server-tools.ts`. */
  serverTools: ServerTools.prefault({}),
  /** Other people's servers whose tools it may use, by MCP: see `tools/mcp/server.ts`. */
  mcp: z
    .array(Server)
    .max(8)
    .refine(
      (servers) => new Set(servers.map(({ name }) => name)).size === servers.length,
      'a name twice',
    )
    .default([]),
  /** Kinds of work that it has learned: `use_skill` is among its tools where there is one. */
  skills: z
    .array(z.custom<Skill>(isSkill, 'not a skill'))
    .refine(
      (skills) => new Set(skills.map(({ name }) => name)).size === skills.length,
      'a name twice',
    )
    .default([]),
  /**
   * Tools that run only after somebody's yes: each time, or once for each asker in a session. What reaches
   * out of the room asks once where nothing is said of it, and nothing else does.
   */
  approval: z.record(z.string(), z.enum(['never', 'once', 'always'])).default({}),
  /**
   * Tools and servers whose words are as good as those of people here. Once a session has read what any other
   * brings from outside, whatever reaches out of the room needs a yes, whatever `approval` says. `files` are those
   * that people give.
   */
  trusted: z.array(z.string().min(1)).default([]),
  /** Campfire users who may say yes beside the asker. */
  approvers: z.array(z.int().positive()).default([]),
  limits: z
    .strictObject({
      steps: z.int().min(1).max(200).default(30),
      minutes: z.number().positive().max(60).default(10),
      outputTokens: z.int().min(256).default(60_000),
    })
    .prefault({}),
  /** A session expires when nothing was said for so long. */
  ttlMinutes: z.int().min(1).default(1_440),
  /** A session of so many tokens is compacted: its old part is told in short, its newest stays. */
  compactAt: z.int().min(2_000).default(60_000),
  archiveDays: z.int().min(1).default(180),
  /** `on`: where somebody searches, all that was said in the room can be found. `off`: what was said to it. */
  index: z.enum(['on', 'off']).default('on'),
  /** How far back a room is indexed, and so long it is kept. */
  historyDays: z.int().min(1).max(3_650).default(365),
  /** Messages listed of a room in a day: each is a row written, and the free plan counts those of all bots. */
  indexPerDay: z.int().min(40).max(100_000).default(3_000),
})
export const Bot = Fields.superRefine((bot, context) => {
  for (const path of unusable(bot))
    context.addIssue({ code: 'custom', path, message: 'no such tool' })
  for (const path of takenNames(bot))
    context.addIssue({ code: 'custom', path, message: "a name of one of the API's own tools" })
})
export type Bot = z.infer<typeof Bot>

/** So many tools are read whole each time. */
const FEW = 10

/** Of more, those that are seldom needed are left to the API's search: one more of them changes nothing else. */
export function isDeferred({ tools }: Pick<Bot, 'tools'>, { isSeldom, server }: Tool) {
  if (server) return true
  // What others offer comes and goes, and decides nothing about our own.
  return isSeldom && tools.filter((tool) => !tool.server).length > FEW
}

export function aboutIn({ about }: Pick<Bot, 'about'>, language: Language) {
  return typeof about === 'string' ? about : (about[language] ?? about.en)
}

/** Tools that a skill speaks of, and that the bot does not have. Those of a server must be allowed by name. */
export function lackedBy({ tools: needed }: Skill, { tools, mcp }: Pick<Bot, 'mcp' | 'tools'>) {
  const theirs = mcp.flatMap(({ name, allow = [] }) => allow.map((tool) => `${name}__${tool}`))
  const known = new Set([...tools.map(({ name }) => name), ...theirs])
  return needed.filter((tool) => !known.has(tool))
}

function unusable(bot: Pick<Bot, 'mcp' | 'skills' | 'tools'>) {
  return bot.skills.flatMap((skill) =>
    lackedBy(skill, bot).map((tool) => ['skills', skill.name, tool]),
  )
}

/** Nobody can be asked for what has been done before we hear of it, and one name is one tool. */
function takenNames({ tools, approval }: Pick<Bot, 'approval' | 'tools'>) {
  const taken = new Set<string>(SERVER_TOOL_NAMES)
  return [
    ...Object.keys(approval).flatMap((name) => (taken.has(name) ? [['approval', name]] : [])),
    ...tools.flatMap(({ name }, index) => (taken.has(name) ? [['tools', index]] : [])),
  ]
}

function isTool(value: unknown) {
  return typeof value === 'object' && value !== null && 'run' in value && 'effect' in value
}

function isSkill(value: unknown) {
  return typeof value === 'object' && value !== null && 'when' in value && 'body' in value
}
