import { describe, expect, it } from 'vitest'
import {
  type Manners,
  needsMention,
  notBefore,
  type Occasion,
  type Recent,
  shallSpeak,
} from '../../src/turn/speak-policy.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

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
  it.each<[number, number]>([
    [7, 0],
    [8, 2],
    [9, 4],
    [10, 8],
    [11, 16],
    [12, 32],
    [13, 60],
    [14, 60],
    [19, 60],
  ])('waits longer with every turn: after %i for %i s', (turns, seconds) => {
    const { recent, now } = burst(turns)
    const due = notBefore({ role: null, recent, author: ROBO, now })

    expect(Math.max(due - now, 0)).toBe(seconds * SECOND)
  })

  it.each(['member', 'administrator', 'bot'])('waits for nothing when known as a %s', (role) => {
    const { recent, now } = burst(12)

    expect(notBefore({ role, recent, author: ROBO, now })).toBe(0)
    expect(shallSpeak(occasion({ role: 'member', recent, now, mentioned: true })).speak).toBe(true)
  })

  it('waits for nothing after eight turns in more than a minute', () => {
    const recent = paced(8, 9 * SECOND)

    expect(notBefore({ role: null, recent, author: ROBO, now: 64 * SECOND })).toBe(0)
  })

  it('waits although others speak in between', () => {
    const { recent, now } = burst(8)
    const mixed = recent.flatMap((one) => [turn({ ...one, asker: JASON }), one])

    expect(notBefore({ role: null, recent: mixed, author: ROBO, now }) - now).toBe(2 * SECOND)
    expect(notBefore({ role: null, recent: mixed, author: DAVID, now })).toBe(0)
  })

  it('has calmed down after two minutes', () => {
    const { recent, now } = burst(19)

    expect(notBefore({ role: null, recent, author: ROBO, now: now + 2 * MINUTE })).toBeGreaterThan(
      0,
    )
    expect(notBefore({ role: null, recent, author: ROBO, now: now + 2 * MINUTE + 1 })).toBe(0)
  })

  it.each<[string, number, (recent: Recent[]) => Recent[], boolean]>([
    ['19 turns', 19, (recent) => recent, true],
    ['20 turns', 20, (recent) => recent, false],
    ['20 turns and somebody else', 20, (recent) => [turn({ asker: JASON }), ...recent], true],
    ['20 turns, somebody else among them', 20, (recent) => withAnother(recent, 10), true],
    ['20 turns, somebody else before them', 20, (recent) => withAnother(recent, 20), false],
  ])('after %s', (_, turns, changed, speaks) => {
    const { recent, now } = burst(turns)

    expect(speaksTo(changed(recent), now + MINUTE)).toBe(speaks)
  })

  it('is answered again when ten minutes have passed, and before that once a minute looked at', () => {
    const { recent, now } = burst(20)
    const silences = [3, 2, 1].map((minute) => silence(now + minute * MINUTE))
    const all = [...silences, ...recent]

    expect(notBefore({ role: null, recent: all, author: ROBO, now: now + 3 * MINUTE })).toBe(
      now + 4 * MINUTE,
    )
    expect(speaksTo(all, now + 11 * MINUTE - 1)).toBe(false)
    expect(speaksTo(all, now + 11 * MINUTE)).toBe(true)
    expect(notBefore({ role: null, recent: all, author: ROBO, now: now + 11 * MINUTE })).toBe(0)
  })

  it('is answered again when somebody else has spoken', () => {
    const { recent, now } = burst(20)
    const all = [turn({ asker: JASON }), silence(now + MINUTE), ...recent]

    expect(speaksTo(all, now + 2 * MINUTE)).toBe(true)
    expect(notBefore({ role: null, recent: all, author: ROBO, now: now + 2 * MINUTE })).toBe(0)
  })

  function speaksTo(recent: Recent[], now: number) {
    const judgement = shallSpeak(
      occasion({ role: null, author: ROBO, mentioned: true, recent, now }),
    )
    if (!judgement.speak) expect(judgement.reason).toBe('too many in a row')
    return judgement.speak
  }

  function silence(at: number) {
    const reason = 'too many in a row'
    return turn({ asker: ROBO, state: 'silent', reason, started: at, ended: at })
  }

  function withAnother(recent: Recent[], at: number) {
    return recent.toSpliced(at, 0, turn({ asker: JASON }))
  }
})

/** As the delays let them through: eight in a minute, then ever slower. Newest first. */
function burst(turns: number) {
  const delays = [2, 4, 8, 16, 32]
  let at = 0
  const recent = Array.from({ length: turns }, (_, index) => {
    at += index < 8 ? 7 * SECOND : (delays[index - 8] ?? 60) * SECOND
    return turn({ asker: ROBO, started: at, ended: at })
  }).reverse()
  return { recent, now: at }
}

function paced(turns: number, pace: number) {
  return Array.from({ length: turns }, (_, index) =>
    turn({ asker: ROBO, started: index * pace, ended: index * pace }),
  ).reverse()
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
