import { describe, expect, it } from 'vitest'
import { heardAgain } from '../../src/turn/rest.ts'
import {
  type Manners,
  needsMention,
  type Occasion,
  type Recent,
  shallSpeak,
} from '../../src/turn/speak-policy.ts'

const MINUTE = 60_000

const [DAVID, JASON, ROBO] = [1, 2, 9]

const DEFAULTS = { inRooms: 'mentioned', inDirects: 'always' } as const
const ALWAYS = { inRooms: 'always', inDirects: 'always' } as const
const ONLY_MENTIONED = { inRooms: 'mentioned', inDirects: 'mentioned' } as const

describe('whether it takes a mention', () => {
  const room = { direct: false, people: 0 }
  const alone = { direct: true, people: 1 }
  const group = { direct: true, people: 2 }
  const empty = { direct: true, people: 0 } // only bots have spoken

  it.each<[string, Partial<Manners>, boolean]>([
    ['in a room', room, true],
    ['in a direct', alone, false],
    ['in a direct of bots', empty, false],
    ['in a direct where a second person spoke', group, true],
    ['in a room, of a bot that always speaks', { ...room, speaks: ALWAYS }, false],
    ['in a group, of a bot that always speaks', { ...group, speaks: ALWAYS }, true],
    ['in a direct, of a bot that wants it', { ...alone, speaks: ONLY_MENTIONED }, true],
    ['in a room that was set to always', { ...room, here: 'always' }, false],
    ['in a group that was set to always', { ...group, here: 'always' }, false],
    ['in a direct that was set to mentioned', { ...alone, here: 'mentioned' }, true],
    ['in a room set to mentioned', { ...room, speaks: ALWAYS, here: 'mentioned' }, true],
  ])('%s', (_, manners, takes) => {
    expect(needsMention(occasion(manners))).toBe(takes)
  })
})

describe('it speaks', () => {
  it.each<[string, Partial<Occasion>, string]>([
    ['when it is mentioned', { mentioned: true }, 'mentioned'],
    ['when it is mentioned in a group', { mentioned: true, direct: true, people: 3 }, 'mentioned'],
    ['in a direct', { direct: true, people: 1 }, 'direct'],
    ['where it always speaks', { speaks: ALWAYS }, 'always'],
    ['in a group where it was set so', { direct: true, people: 3, here: 'always' }, 'always'],
    ['to a bot that nobody has answered yet', { mentioned: true, role: 'bot' }, 'mentioned'],
  ])('%s', (_, changes, reason) => {
    expect(shallSpeak(occasion(changes))).toEqual({ speak: true, reason })
  })
})

describe('it is silent when nobody means it', () => {
  it.each<[string, Partial<Occasion>]>([
    ['in a room', {}],
    ['in a group', { direct: true, people: 2 }],
    ['in a direct where it was set so', { direct: true, people: 1, here: 'mentioned' }],
  ])('%s', (_, changes) => {
    expect(shallSpeak(occasion(changes))).toEqual({ speak: false, reason: 'not mentioned' })
  })
})

describe('bots', () => {
  const answered = turn({ bot: true, asker: ROBO })
  const silent = turn({ ...answered, state: 'silent', reason: 'bots in a row' })
  const unheard = turn({ ...answered, state: 'silent', reason: 'not mentioned' })
  const human = turn({ asker: DAVID })
  const humanSilent = turn({ asker: DAVID, state: 'silent', reason: 'not mentioned' })
  const other = turn({ bot: true, asker: 10 })
  const failed = turn({ ...answered, state: 'failed' })

  // Newest first.
  it.each<[string, Recent[], boolean]>([
    ['two answers', [answered, answered], true],
    ['two answers, and what was not for us', [answered, unheard, answered], true],
    ['a human before two answers', [answered, answered, human, answered, answered], true],
    ['a human who did not mean us', [humanSilent, answered, answered, answered], true],
    ['a human after a silence', [human, silent, answered, answered, answered], true],
    ['three answers', [answered, answered, answered], false],
    ['three answers, one a word on a failure', [answered, failed, answered], false],
    ['three answers to two bots', [other, answered, other], false],
    ['three answers after a human', [answered, answered, answered, human], false],
    ['a silence before', [silent, answered, answered, answered, human], false],
    ['nothing but silences in sight', Array.from({ length: 40 }, () => silent), false],
  ])('after %s', (_, recent, speaks) => {
    const judgement = shallSpeak(occasion({ role: 'bot', author: ROBO, mentioned: true, recent }))

    expect(judgement.speak).toBe(speaks)
    expect(judgement.reason).toBe(speaks ? 'mentioned' : 'bots in a row')
  })

  it.each(['member', 'administrator'])('are counted for bots only, not for a %s', (role) => {
    const recent = [answered, answered, answered]

    expect(shallSpeak(occasion({ role, mentioned: true, recent })).speak).toBe(true)
  })
})

describe('whoever cannot be told from a bot', () => {
  it.each<[string, { direct?: boolean; recent: Recent[]; after?: number }, string]>([
    ['14 turns in a room', { recent: row(14) }, 'mentioned'],
    ['15 turns in a room', { recent: row(15) }, 'rests'],
    ['39 turns in a direct', { direct: true, recent: row(39) }, 'mentioned'],
    ['40 turns in a direct', { direct: true, recent: row(40) }, 'rests'],
    ['15, the last a minute ago', { recent: row(15), after: MINUTE }, 'rests'],
    ['15, the last longer ago', { recent: row(15), after: MINUTE + 1 }, 'mentioned'],
    ['15, each a minute after an answer', { recent: row(15, { pause: MINUTE }) }, 'rests'],
    [
      '15, one of them later',
      { recent: [...row(14), turn({ asker: ROBO, ended: -MINUTE - 1 })] },
      'mentioned',
    ],
    ['15 that took us long', { recent: row(15, { takes: 20 * MINUTE }) }, 'rests'],
    ['15, somebody else after them', { recent: [turn({ asker: JASON }), ...row(15)] }, 'mentioned'],
    [
      '15, somebody else among them',
      { recent: row(15).toSpliced(9, 0, turn({ asker: JASON })) },
      'mentioned',
    ],
    [
      '15, and somebody else before them',
      { recent: [...row(15), turn({ asker: JASON })] },
      'rests',
    ],
    ['15, and what was not for us', { recent: row(15).toSpliced(9, 0, unheard()) }, 'rests'],
    ['14, and what was not for us', { recent: row(14).toSpliced(9, 0, unheard()) }, 'mentioned'],
    ['we have said that we rest', { recent: [told(0), ...row(15)] }, 'silent'],
    ['9 minutes of rest', { recent: [silence(-MINUTE), told(-9 * MINUTE), ...row(15)] }, 'silent'],
    [
      '10 minutes of rest',
      { recent: [silence(-MINUTE), told(-10 * MINUTE), ...row(15)] },
      'mentioned',
    ],
    [
      'rest, and somebody else',
      { recent: [turn({ asker: JASON }), told(0), ...row(15)] },
      'mentioned',
    ],
    [
      '14 turns since it rested',
      { recent: [...row(14), told(-20 * MINUTE), ...row(15)] },
      'mentioned',
    ],
  ])('after %s', (_, { after = 0, ...changes }, expected) => {
    const occasionNow = occasion({
      ...changes,
      role: null,
      author: ROBO,
      mentioned: true,
      now: after,
    })
    const { speak, reason } = shallSpeak(occasionNow)

    expect(speak === true ? reason : speak === 'rests' ? 'rests' : 'silent').toBe(expected)
    if (speak !== true) expect(reason).toBe('too many in a row')
  })

  it.each(['member', 'administrator'])('is never taken for one when known as a %s', (role) => {
    const recent = row(59)
    expect(shallSpeak(occasion({ role, author: ROBO, recent, mentioned: true })).speak).toBe(true)
  })

  it.each<[string, Recent[], number]>([
    ['before the rest', row(14), 0],
    ['at the first word in the rest', [told(0), ...row(15)], 0],
    ['after a silence', [silence(0), told(-5 * MINUTE)], MINUTE],
    ['near the end of the rest', [silence(0), told(-9.5 * MINUTE)], MINUTE / 2],
    ['when it is over', [silence(0), told(-11 * MINUTE)], 0],
  ])('waits for nothing but in the rest, once a minute: %s', (_, recent, due) => {
    expect(heardAgain({ recent, author: ROBO, direct: false, now: 0 })).toBe(due)
  })

  function told(at: number) {
    return turn({ asker: ROBO, reason: 'too many in a row', started: at, ended: at })
  }

  function silence(at: number) {
    return { ...told(at), state: 'silent' as const }
  }

  function unheard() {
    return turn({ asker: ROBO, state: 'silent', reason: 'not mentioned' })
  }
})

/** The last has ended now. Newest first. */
function row(turns: number, { pause = 0, takes = 0 } = {}) {
  return Array.from({ length: turns }, (_, index) => {
    const ended = -index * (pause + takes)
    return turn({ asker: ROBO, started: ended - takes, ended })
  })
}

function occasion(changes: Partial<Occasion> = {}): Occasion {
  return {
    speaks: DEFAULTS,
    here: null,
    direct: false,
    people: 0,
    mentioned: false,
    author: DAVID,
    role: 'member',
    recent: [],
    now: 0,
    ...changes,
  }
}

function turn(changes: Partial<Recent> = {}): Recent {
  return {
    asker: DAVID,
    bot: false,
    state: 'replied',
    reason: 'mentioned',
    started: 0,
    ended: 0,
    ...changes,
  }
}
