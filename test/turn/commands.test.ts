import { expect, it } from 'vitest'
import { controlWord, languageOfWord } from '../../src/turn/commands.ts'

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
  ['stop please', 'stop'],
  ['ｓｔｏｐ！', 'stop'],
  ['Hilfe', 'help'],
  ['HILFE!', 'help'],
  ['Stopp.', 'stop'],
  ['Warum?', 'why'],
  ['vergiss', 'forget'],
  ['aide', 'help'],
  ['arrête', 'stop'],
  ['Arrêtez !', 'stop'],
  ['arre\u0302te', 'stop'], // its accent apart
  ['Pourquoi ?', 'why'],
  ['oublier', 'forget'],
  ['¡ayuda!', 'help'],
  ['Detente.', 'stop'],
  ['¿Por qué?', 'why'],
  ['olvida', 'forget'],
  ['aiuto', 'help'],
  ['fermati!', 'stop'],
  ['perché?', 'why'],
  ['dimentica', 'forget'],
  ['ajuda', 'help'],
  ['pare', 'stop'],
  ['por quê?', 'why'],
  ['esquecer', 'forget'],
  ['hulp', 'help'],
  ['waarom?', 'why'],
  ['vergeet', 'forget'],
  ['ヘルプ', 'help'],
  ['ﾍﾙﾌﾟ', 'help'],
  ['停止。', 'stop'],
  ['なぜ？', 'why'],
  ['忘れる', 'forget'],
  ['帮助', 'help'],
  ['停！', 'stop'],
  ['为什么？', 'why'],
  ['忘记', 'forget'],
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
  'стоп',
  // Never mind.
  'vergiss es',
  'olvídalo',
  'oublie',
  'esquece',
  'lascia perdere',
  '忘れて',
  '算了',
  // I forgot.
  'vergessen',
  'vergeten',
  '忘了',
  // Because; for; high; no.
  'porque',
  'perche',
  'para',
  'alto',
  'no',
  'non',
  'não',
  'いいえ',
  '不',
  'genug',
  'ja',
  'ѕtop', // a Cyrillic dze
  'constructor',
  '__proto__',
  'toString',
])('%j is for the model', (text) => {
  expect(controlWord(text)).toBeNull()
})

it.each([
  ['@Robo stop', 'stop'],
  ['stop @robo', 'stop'],
  ['@robo, hilfe!', 'help'],
  ['why? @Robo.', 'why'],
])('%j is a control word to Robo', (text, word) => {
  expect(controlWord(text, 'robo')).toBe(word)
})

it.each(['@Robot stop', '@Ada stop', 'robo stop', '@robo', 'stop @robo2'])(
  '%j is none to Robo',
  (text) => {
    expect(controlWord(text, 'robo')).toBeNull()
  },
)

it.each([
  ['warum', 'de'],
  ['Hilfe!', 'de'],
  ['pourquoi ?', 'fr'],
  ['なぜ', 'ja'],
  ['por qué', 'es'],
  ['por que', null], // Spanish without its accent, and Portuguese
  ['停止', null],
  ['help', null], // known to all
  ['hello', null],
])('%j tells the language %s', (word, language) => {
  expect(languageOfWord(word)).toBe(language)
})
