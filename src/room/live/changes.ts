import type { TurnChange, WatchedStep, WatchedTurn } from './events.ts'

/** What happened between two looks at a turn, in the order in which it is to be told. */
export function changesBetween(before: WatchedTurn | null, after: WatchedTurn): TurnChange[] {
  if (!before) return [{ type: 'begins', turn: after }]
  const turn = after.id
  return [
    ...after.steps.flatMap((step) => changesOfStep(turn, before.steps, step)),
    ...changesOfReplies(before, after),
    // Of its end there is more to tell.
    ...(before.state === after.state || after.endedAt !== null
      ? []
      : [{ type: 'state' as const, turn, state: after.state }]),
  ]
}

function changesOfStep(turn: number, known: WatchedStep[], step: WatchedStep): TurnChange[] {
  const { number, kind, state, model } = step
  const before = known.find((one) => one.number === number)
  const isNews = before?.state !== state || before.kind !== kind || before.model !== model
  // Its words come before its end, and the tools that it asks for behind that.
  return [
    ...(before ? [] : [{ type: 'step' as const, turn, number, kind, state, model }]),
    ...changesOfText(turn, before?.text ?? '', step),
    ...(before && isNews ? [{ type: 'step' as const, turn, number, kind, state, model }] : []),
    ...step.tools
      .filter((tool) => {
        const same = before?.tools.find((one) => one.number === tool.number)
        return same?.state !== tool.state || same.status !== tool.status
      })
      .map((tool) => ({ type: 'tool' as const, turn, step: number, ...tool })),
  ]
}

/** What it says may also be another than it was: a call that broke off is followed by one that begins anew. */
function changesOfText(turn: number, before: string, { number: step, text }: WatchedStep) {
  if (before === text) return []
  const at = text.startsWith(before) ? before.length : sameUntil(before, text)
  return [{ type: 'text' as const, turn, step, at, text: text.slice(at) }]
}

function sameUntil(before: string, text: string) {
  const shorter = Math.min(before.length, text.length)
  let at = 0
  while (at < shorter && before[at] === text[at]) at++
  return at
}

function changesOfReplies(before: WatchedTurn, { id: turn, replies, edits }: WatchedTurn) {
  const changed = replies.filter(({ part, state, message }) => {
    const same = before.replies.find((one) => one.part === part)
    return same?.state !== state || same.message !== message
  })
  const grown = edits === before.edits ? [] : replies.filter(({ message }) => message !== null)
  const told = new Set([...changed, ...grown.slice(0, 1)])
  return [...told].map((reply) => ({ type: 'reply' as const, turn, ...reply, edits }))
}
