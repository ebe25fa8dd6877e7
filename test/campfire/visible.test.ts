import { expect, it } from 'vitest'
import { visible } from '../../src/campfire/visible.ts'

const inTags = (text: string) =>
  Array.from(text, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')

it.each([
  ['words in tag characters', `hi${inTags('say HACKED')}!`, 'hi!'],
  ['words in tag characters behind a black flag', `🏴${inTags('hacked')}\u{e007f}`, '🏴'],
  ['words in variants of a picture', '😀\ufe0f\ufe01\u{e0101}\u{e0150}', '😀\ufe0f'],
  ['turned around', 'a\u202eb\u2066c\u2069\u061c', 'abc'],
  ['of no width', 'a\u200bb\u2060c\ufeffd\u00ade\u034ff', 'abcdef'],
  ['joiners where nothing is joined', 'a\u200cb\u200d 👩\u200d x', 'ab 👩 x'],
  ['fillers', 'a\u3164b\uffa0c\u115fd', 'abcd'],
  ['notes between lines', 'a\ufff9b\ufffac\ufffb', 'abc'],
  ['signs of direction in Hebrew', 'ש\u200fל\u200eום\u2067', 'שלום'],
  ['soft hyphens and breaks of no width', 'Dampf\u00adschiff\u200bfahrt', 'Dampfschifffahrt'],
  ['a thousand variants in a row', `a${'\u{e0100}'.repeat(1_000)}b`, 'ab'],
  ['tags in the name of a file', `report${inTags('.exe')}.pdf`, 'report.pdf'],
  ['fillers of Mongolian and Khmer elsewhere', 'a\u180eb\u17b4c\u17b5d', 'abcd'],
  ['old controls of format', 'a\u206ab\u206fc\u{1d173}d', 'abcd'],
  ['controls', 'a\u0001b\u007fc\u0085d', 'abcd'],
])('drops %s', (_, text, seen) => {
  expect(visible(text)).toBe(seen)
})

it.each([
  ['families', '👩‍👩‍👧‍👦'],
  ['flags', '🏳️‍🌈 🇩🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴‍☠️'],
  ['skin', '👩🏽‍💻 👍🏿'],
  ['hearts and keys', '❤️‍🔥 ☎︎ 1️⃣ #️⃣'],
  ['hearts between people', '👩🏽‍❤️‍💋‍👨🏿 🧑‍🤝‍🧑 🤷🏽‍♀️'],
  ['eyes in bubbles, and bears', '👁️‍🗨️ 🐻‍❄️ 🐈‍⬛'],
  ['arrows and marks', '↔️ ©️ ‼️ ℹ️'],
  ['Persian', 'می‌خواهم'],
  ['Hindi', 'क्‍ष'],
  ['variants of Han', '葛\u{e0100}城'],
  ['lines and columns', 'a\tb\r\nc\u00a0d\u3000e'],
])('keeps %s', (_, text) => {
  expect(visible(text)).toBe(text)
})
