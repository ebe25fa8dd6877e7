import { chipOf } from '../composer.ts'
import type { Webhook } from './recording.ts'
import { ORIGIN, type RecordedTown, WORK } from './town.ts'

/** Says it as it was said. Nothing is delivered before the town delivers it. */
export async function say(town: RecordedTown, webhook: Webhook) {
  const { what, posted, request } = webhook
  if (!posted) return void town.says(town.ann, WORK, htmlIn(request))

  const room = Number(/^\/rooms\/(\d+)/.exec(posted.path)?.[1])
  const file = posted['message[attachment]']
  if (posted.by.endsWith('(API)')) return await sayThroughApi(town, posted)
  if (file) return attach(town, room, file)

  const words = wordsOf(town, webhook)
  town.chip ||= CHIP.exec(words)?.[0] ?? ''
  const message = town.says(authorOf(town, posted.by), room, words)
  const edit = (html: string) => town.camp.editAsPerson(message, { html: town.withOurSigns(html) })
  if (/^edited at once/.test(what)) edit(htmlIn(request))
  if (/^mention added by an edit/.test(what)) edit(`<div>${chipOf(town.recorder)}</div>`)
  if (/^deleted at once/.test(what)) town.camp.deleteMessage(message)
}

async function sayThroughApi(town: RecordedTown, { by, path, body = '' }: Posted) {
  const bot = by.startsWith('Second') ? town.second : town.recorder
  const address = path.includes(bot.key) ? path : `/rooms/${WORK}/${bot.key}/messages`
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  const words = town.withOurSigns(body)
  await town.camp.handle(new Request(ORIGIN + address, { method: 'POST', headers, body: words }))
}

const CHIP = /<figure [\s\S]*?<\/figure>/

type Posted = NonNullable<Webhook['posted']>

function attach({ camp, ann }: RecordedTown, room: number, told: string) {
  const [name = '', type = ''] = told.split(', ')
  camp.says(ann, room, { file: { name, type, bytes: new TextEncoder().encode('some bytes') } })
}

function authorOf({ ann, bob, lei }: RecordedTown, name: string) {
  const author = [ann, bob, lei].find((person) => person.name.startsWith(name))
  if (!author) throw new Error(`Who is ${name}?`)
  return author
}

/** As the composer sent it, or, where that was cut off, as it was delivered. */
function wordsOf(town: RecordedTown, { what, posted, request, requests }: Webhook) {
  const words = posted?.['message[body]'] ?? ''
  if (/100 KB of text/.test(what)) return `<div>${town.chip}&nbsp;${LONG_TEXT}</div>`
  return / more\)$/.test(words) ? htmlIn(request ?? requests?.[0]) : words
}

const LONG_TEXT = 'long text '.repeat(10_240)

function htmlIn(request: Webhook['request']): string {
  return JSON.parse(request?.body ?? '{}').message.body.html
}
