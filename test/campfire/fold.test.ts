import { expect, it } from 'vitest'
import { fold, lettersIn } from '../../src/campfire/fold.ts'

it.each([
  ['Greek capitals', 'ΑΘΗΝΑ', 'Αθήνα'],
  ['a Greek end', 'ΑΘΗΝΑΣ', 'Αθήνας'],
  ['Greek of books', 'ἀρχῇ', 'αρχη'],
  ['ё', 'ЕЩЕ', 'Ещё'],
  ['й, however it is composed', 'Сергей', 'Сергеи\u0306'],
  ['Ukrainian', 'Ґанок', 'ганок'],
  ['Turkish i', 'İSTANBUL', 'istanbul'],
  ['Turkish ı', 'ışık', 'ISIK'],
  ['Azerbaijani', 'Əliyev', 'eliyev'],
  ['ß', 'Straße', 'STRASSE'],
  ['ẞ', 'STRAẞE', 'strasse'],
  ['Polish', 'Łódź', 'lodz'],
  ['Vietnamese', 'Đà Nẵng', 'da nang'],
  ['Vietnamese, decomposed', 'Nguye\u0302\u0303n', 'nguyen'],
  ['Danish', 'Ørsted', 'orsted'],
  ['Swedish', 'ÅNGSTRÖM', 'angstrom'],
  ['Icelandic', 'Þórður', 'thordur'],
  ['Hausa', 'Ɗan', 'dan'],
  ['Hebrew points', 'שָׁלוֹם', 'שלום'],
  ['Arabic marks', 'مُحَمَّد', 'محمد'],
  ['Arabic hamza', 'أحمد', 'احمد'],
  ['Persian letters', 'یک', 'يك'],
  ['a stretched word', 'محـــمد', 'محمد'],
  ['Arabic digits', '٢٠٢٦', '2026'],
  ['Persian digits', '۲۰۲۶', '2026'],
  ['Hindi digits', '२०२६', '2026'],
  ['Thai digits', '๒๐๒๖', '2026'],
  ['wide letters and digits', 'ＡＢＣ１２３', 'abc123'],
  ['narrow kana', 'ｶﾞｷﾞ', 'ガギ'],
  ['kana, decomposed', 'か\u3099', 'が'],
  ['Korean, decomposed', '\u1112\u1161\u11ab\u1100\u1173\u11af', '한글'],
  ['Korean, half composed', '하\u11ab글', '한글'],
  ['ligatures', 'ﬁne', 'fine'],
  ['apostrophes', 'O’Brien', "O'Brien"],
  ['accents typed for apostrophes', 'O´Brien O`Brien', 'O’Brien O′Brien'],
  ['Hawaiian', 'Hawaiʻi', "hawai'i"],
  ['quotation marks', '„x“ «y»', '"x" "y"'],
  ['Hebrew abbreviations', 'כ״ץ ג׳ורג׳', "כ\"ץ ג'ורג'"],
  ['Hindi nasals', 'हिन्दी', 'हिंदी'],
  ['Hindi, without the dot', 'क़लम', 'कलम'],
  ['Urdu', 'بچے', 'بچي'],
  ['Japanese names', '髙橋 山﨑', '高橋 山崎'],
  ['dashes', 'Jean‑Luc', 'jean-luc'],
  ['soft hyphens', 'Dampf\u00adschiff', 'dampfschiff'],
  ['what nobody sees', 'a\u{e0041}b\u200bc', 'abc'],
])('finds %s', (_, one, other) => {
  expect(fold(one)).toBe(fold(other))
})

it.each([
  ['й and и', 'мой', 'мои'],
  ['Hindi vowels', 'कि', 'की'],
  ['Thai tones', 'ขาว', 'ข่าว'],
  ['voiced kana', 'か', 'が'],
  ['scripts of kana', 'か', 'カ'],
  ['letters of Korean', '한', '하'],
])('tells %s apart', (_, one, other) => {
  expect(fold(one)).not.toBe(fold(other))
})

it.each([
  ['a\u0301b', ['a\u0301', 'b']],
  ['\u1112\u1161\u11ab\u1100', ['\u1112\u1161\u11ab', '\u1100']],
  ['하\u11abx', ['하\u11ab', 'x']],
  ['か\u3099ｶﾞ', ['か\u3099', 'ｶﾞ']],
  ['🙂a', ['🙂', 'a']],
  ['\u0301', ['\u0301']],
  ['', []],
])('sees the letters of %j', (text, letters) => {
  expect(lettersIn(text)).toEqual(letters)
  expect(lettersIn(text).map(fold).join('')).toBe(fold(text))
})
