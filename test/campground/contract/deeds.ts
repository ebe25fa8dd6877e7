import { sayOneOfEachKind } from './kinds.ts'
import type { Exchange } from './recording.ts'
import { DOOMED_ROOM, LEFT, LONG, NOT_OURS, type RecordedTown, WORK } from './town.ts'

type Deed = (town: RecordedTown, match: RegExpExecArray) => unknown

/** What people and administrators did before an exchange. It is only described, so it is done by hand. */
export function doWhatCameBefore(town: RecordedTown, { what, before = '' }: Exchange) {
  for (const [pattern, deed] of DEEDS) {
    const match = pattern.exec(`${what} | ${before}`)
    if (match) deed(town, match)
  }
}

const DEEDS: [RegExp, Deed][] = [
  [/room with (\d+) messages by Ann/, (town, [, count]) => town.fill(LONG, Number(count))],
  [
    /^list, deleted message as cursor \(after\)/,
    (town) => town.camp.deleteMessage(town.says(town.ann, LONG, '<div>deleted</div>')),
  ],
  [
    /^list, message of another room as cursor/,
    (town) => town.says(town.ann, WORK, '<div>first message of another room</div>'),
  ],
  [/^list with (a message of Zoe|one entry of each kind)/, sayOneOfEachKind],
  [/^list with one entry of each kind/, ({ camp, zoe }) => camp.change(zoe, { active: false })],
  [
    /^create, mention node for user 2 without/,
    ({ camp }) => camp.deleteMessage(newestIn(camp, WORK)),
  ],
  [/after a boost by Ann/, (town) => town.camp.boostAsPerson(town.ann, town.edited, '👏')],
  [
    /after an edit by Ann/,
    ({ camp, edited }) => camp.editAsPerson(edited, { html: '<div>edited once more</div>' }),
  ],
  [/^edit own message — /, postOwnAndTheirs],
  [
    /^unboost somebody else's boost/,
    ({ camp, ann, theirs }) => camp.boostAsPerson(ann, theirs, '👏'),
  ],
  [/^edit another bot's message/, (town) => town.posts(town.second, WORK, 'by Second')],
  [/^boost of a message that will be/, (town) => town.says(town.ann, WORK, '<div>soon gone</div>')],
  [/^unboost of a boost whose message/, ({ camp }) => camp.deleteMessage(newestIn(camp, WORK))],
  [/^room the bot is not in: edit/, (town) => town.says(town.ann, NOT_OURS, '<div>psst</div>')],
  [/^key that was reset/, ({ camp, doomed }) => camp.change(doomed, { key: '19-WxY891zAb234' })],
  [/^deactivated bot/, ({ camp, doomed }) => camp.change(doomed, { active: false })],
  [
    /^closed room while a member: list/,
    (town) => town.posts(town.recorder, LEFT, 'while a member'),
  ],
  [/^closed room the bot was removed from/, ({ camp, recorder }) => camp.leave(LEFT, recorder)],
  [/^deleted room/, ({ camp }) => camp.deleteRoom(DOOMED_ROOM)],
  [/^database locked for 9 s/, lock],
  [/^(after the lock|database locked for 3 s)/, unlock],
]

function postOwnAndTheirs(town: RecordedTown) {
  town.posts(town.recorder, WORK, 'to be edited')
  town.theirs = town.says(town.ann, WORK, '<div>a message of Ann</div>').id
}

function lock(town: RecordedTown) {
  if (town.camp.isLocked) return
  town.posts(town.recorder, WORK, 'edited while locked')
  town.camp.isLocked = true
}

function unlock({ camp }: RecordedTown) {
  camp.isLocked = false
}

function newestIn({ messages }: RecordedTown['camp'], room: number) {
  return messages.in(room).at(-1)?.id ?? 0
}
