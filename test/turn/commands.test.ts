import { expect, it } from 'vitest'
import { controlWord } from '../../src/turn/commands.ts'

it.each([
  ['help', 'help'],
  ['Help?', 'help'],
  ['¡HELP!', 'help'],
  ['  help  \n', 'help'],
  ['help 🙏', 'help'],
  ['stop', 'stop'],
  ['STOP!!!', 'stop'],
  ['“Stop.”', 'stop'],
  ['forget', 'forget'],
  ['Forget.', 'forget'],
  ['forget this conversation', 'forget'],
  ['Forget,\nthis   conversation!', 'forget'],
  ['why', 'why'],
  ['Why?', 'why'],
  ['WHY?!', 'why'],
])('%j is the control word %s', (text, word) => {
  expect(controlWord(text)).toBe(word)
})

it.each([
  '',
  '?!',
  'help me',
  'please help',
  'stop it',
  "don't stop",
  'unstoppable',
  'st op',
  'forget it',
  'forget this',
  'forget this conversation please',
  'stop stop',
  'stop 2',
  'why not',
  'but why?',
  'why why why',
  '2 stop',
  'Hilfe',
  'arrête',
  'стоп',
  '停止',
  'ヘルプ',
  'ѕtop', // a Cyrillic dze
  'constructor',
  '__proto__',
  'toString',
])('%j is for the model', (text) => {
  expect(controlWord(text)).toBeNull()
})
