import type { Approval } from '../tables/room/approvals.ts'

const YES = [
  'yes',
  'y',
  'yes please',
  'ok',
  'okay',
  'go ahead',
  'do it',
  'ja',
  'oui',
  'si',
  'sí',
  'sim',
  'はい',
  '是',
  '好',
]
const NO = [
  'no',
  'n',
  'no thanks',
  'dont',
  "don't",
  'nein',
  'non',
  'nee',
  'não',
  'いいえ',
  '不',
  '否',
]

/** Only words count, and only as the whole message: boosts never reach a bot. */
export function answerIn(text: string): 'yes' | 'no' | null {
  const bare = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}'’]+/gu, ' ')
    .replace(/’/g, "'")
    .trim()
  if (YES.includes(bare)) return 'yes'
  return NO.includes(bare) ? 'no' : null
}

/** All that the newest turn asked leave for, as far as this person may give it. */
export function answeredBy(waiting: Approval[], author: number, approvers: number[]) {
  const mine = waiting.filter(({ asker }) => asker === author || approvers.includes(author))
  return mine.filter(({ turn }) => turn === mine[0]?.turn)
}

/** What the bot wants to do, exactly, and how to answer. */
export function requestFor(approvals: Pick<Approval, 'tool' | 'input'>[], direct: boolean) {
  const wishes = approvals.map(
    ({ tool, input }) =>
      `**${tool}**\n\n\`\`\`json\n${fenced(JSON.stringify(input, null, 2))}\n\`\`\``,
  )
  return [
    approvals.length > 1 ? 'I need your leave to run:' : 'I need your leave to run',
    ...wishes,
    direct
      ? 'Answer *yes* or *no* within a day.'
      : 'Mention me and say *yes* or *no* within a day.',
  ].join('\n\n')
}

/** What the model is told when the answer is there. */
export function outcomeNotice(approved: { name: string; input: unknown; result: string | null }[]) {
  const lines = approved.map(
    ({ name, input, result }) => `${name} ${JSON.stringify(input)} → ${result ?? ''}`,
  )
  return `Your request was approved, and has been run as it was asked for:\n${lines.join('\n')}`
}

export function refusalNotice(refused: Pick<Approval, 'tool' | 'input'>[]) {
  const lines = refused.map(({ tool, input }) => `${tool} ${JSON.stringify(input)}`)
  return `Your request was refused, and nothing was done. Do not ask again unless you are told to:\n${lines.join('\n')}`
}

/** What the room reads when nobody has said yes in time. */
export function lateSentence(late: Pick<Approval, 'tool'>[]) {
  const tools = [...new Set(late.map(({ tool }) => `**${tool}**`))].join(', ')
  return `Nobody said yes to ${tools} within a day, so I have not done it.`
}

/** A fence inside the input must not end ours. */
function fenced(json: string) {
  return json.replace(/```/g, '`​``')
}
