import type { Bot } from './bots.ts'
import { type Member, membersOf, savedBot } from './bots.ts'
import { Campfire } from './campfire.ts'
import { Claude, ModelFiles } from './model.ts'
import type { AccountReport } from './runtime/account-report.ts'
import type { Askers } from './runtime/askers.ts'
import { FieldsLeftOut } from './runtime/fields-left-out.ts'
import type { Quota } from './runtime/quota.ts'
import { withServers } from './runtime/servers.ts'
import type { VersionNews } from './runtime/version-news.ts'
import type { Vitals } from './runtime/vitals.ts'
import type { Look } from './tables/room/attempts.ts'
import { type Settings, settingsIn } from './tables/room/settings.ts'
import type { TurnRow } from './tables/room/turns.ts'
import type { Tables } from './tables.ts'

export { AccountReport, envKey, KnownLimits, type RoomReport } from './runtime/account-report.ts'
export { type AskerMemory, Askers, remembersPeople } from './runtime/askers.ts'
export { isSigned, signTicket, type Ticket, ticketIn, ticketOf } from './runtime/file-link.ts'
export { deleteLeaving } from './runtime/leaving-files.ts'
export { Quota } from './runtime/quota.ts'
export { refreshServers, serversFor } from './runtime/servers.ts'
export { VERSION } from './runtime/version.ts'
export { VersionNews } from './runtime/version-news.ts'
export { Vitals } from './runtime/vitals.ts'

/** What one run of the alarm handler has beside the rows. */
export interface Runtime {
  env: Env
  /** Transactions are the tables': see `atomically`. */
  storage: Pick<DurableObjectStorage, 'sync'>
  report: AccountReport
  askers: Askers
  news: VersionNews
  quota: Quota
  vitals: Vitals
  member: Member
}

/** Whose room it is. Null: we have no key for this bot any more. */
export function memberIn(env: Env, { place }: Tables) {
  return membersOf(env.BOT_KEYS).members.find(({ userId }) => userId === place.bot) ?? null
}

/**
 * The bot as it is in this room, by now: an operator may change it at any time. A turn goes by the version that
 * it was begun with.
 */
export function botHere(tables: Tables, member: Member, turn?: Pick<TurnRow, 'bot_version'>) {
  const bot = withSettings(botSaved(tables, member, turn), settingsIn(tables.facts))
  return withServers(tables, bot)
}

/** Without what is set for this room alone. */
export function botSaved(
  { versions }: Tables,
  { bot }: Member,
  turn?: Pick<TurnRow, 'bot_version'>,
) {
  const version = turn ? versions.of(bot.name, turn.bot_version) : versions.current(bot.name)
  return savedBot(bot, version?.words ?? null)
}

function withSettings(bot: Bot, settings: Settings): Bot {
  const { ttlMinutes, model, reply, speaks, index, maxSteps, maxMinutes } = settings
  const { steps, minutes } = bot.limits
  return {
    ...bot,
    ttlMinutes: ttlMinutes ?? bot.ttlMinutes,
    model: model ?? bot.model,
    reply: reply ?? bot.reply,
    index: index ?? bot.index,
    limits: { ...bot.limits, steps: maxSteps ?? steps, minutes: maxMinutes ?? minutes },
    speaks: speaks ? { inRooms: speaks, inDirects: speaks } : bot.speaks,
  }
}

export function campfireFor(
  tables: Tables,
  { member, report, quota }: Runtime,
  fetch: typeof globalThis.fetch = quota.fetch,
) {
  return campfireWith(tables, { key: member.key, report, fetch })
}

/** This room's Campfire, as the bot sees it; what is learned of it on the way is kept for all rooms. */
export function campfireWith(
  { place, service, people, health, now }: Tables,
  { key, report, fetch }: { key: string; report: AccountReport; fetch?: typeof globalThis.fetch },
) {
  return new Campfire({
    url: service.address,
    room: place.room,
    key,
    abilities: report.believed(),
    learn: (ability, can) => report.here.learn(ability, can),
    seen: (isIn) => (isIn ? health.isIn() : health.isOut(now())),
    people: () => people.named(),
    ...(fetch && { fetch }),
  })
}

export function fieldsLeftOut({ facts, now }: Tables, { env }: Runtime) {
  return new FieldsLeftOut(facts, env.ANTHROPIC_BASE_URL ?? '', now)
}

export function modelFor({ env, quota, vitals }: Runtime, without: FieldsLeftOut) {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseURL } = env
  const onByte = () => vitals.beat()
  return new Claude({
    apiKey,
    baseURL,
    fetch: quota.fetch,
    without: (model) => without.of(model),
    onByte,
  })
}

/** The files that code makes where the model is asked. */
export function modelFilesFor({ env, quota }: Runtime, signal = new AbortController().signal) {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseURL } = env
  return new ModelFiles({ apiKey, baseURL, fetch: quota.fetch, signal })
}

/** On disk before we do what may have brought us down. */
export async function noteAttempt(
  { attempts, now }: Tables,
  { storage }: Pick<Runtime, 'storage'>,
  look: Look | null = null,
) {
  if (attempts.note(look, now())) await storage.sync()
}
