import { politeWords, wordsOf } from '../sentences.ts'

/**
 * A yes or no of somebody who was asked for one, in all languages at once: people answer in their own,
 * whichever the question was in. It counts as the whole message only, and only while a request waits.
 *
 * A wrong no costs a second question; a wrong yes cannot be taken back. So a word is left out of yes when
 * people send it for any other reason, in any of these languages:
 *
 * - what ends in a question mark: "ok?" asks for more, and Spanish "¿y?" is "and?"
 * - the same twice: "ja ja" is a laugh in Spanish, and "yeah, yeah" or はいはい is no promise
 * - thanks alone: "merci" and "danke" are how many people decline
 * - "bitte" and "prego": "please do", and "don't mention it"
 * - "prima" (great in German, first in Italian), "fine" (the end), "fallo" (a bug in Spanish), "pode ser"
 *   (perhaps), "bene", "right"
 * - 嗯, 了解 and 大丈夫です: somebody has heard us, or needs nothing
 * - "no problem", "why not", "y si": they begin with a word of ours, and are none
 */
const YES = `yes | yep | yeah | yup | sure | ok | okay | go ahead | go for it | do it | please do | approved
  ja | jawohl | klar | gern | gerne | mach das | mach es | mach mal | einverstanden | in ordnung
  oui | ouais | d'accord | vas-y | allez-y | bien sûr | fais-le | faites-le
  sí | si | vale | dale | adelante | claro | de acuerdo | hazlo
  sì | certo | va bene | fai pure | procedi
  sim | pode | pode sim | vá em frente | faz isso | faça isso
  jawel | graag | oké | doe maar | ga je gang | akkoord
  はい | うん | ええ | お願いします | はいお願いします | どうぞ | いいよ | いいですよ | オーケー
  是 | 是的 | 好 | 好的 | 好啊 | 可以 | 行 | 对 | 對 | 同意 | 没问题 | 沒問題`

const NO = `no | nope | nah | dont | don't | do not | no way | no thanks | no thank you | not now | rather not
  nein | nö | nee | nein danke | lieber nicht | bitte nicht | jetzt nicht
  non | non merci | surtout pas | pas maintenant
  no gracias | mejor no | ahora no
  no grazie | meglio di no | non ora
  não | nao | não obrigado | não obrigada | melhor não | agora não
  nee bedankt | nee dank je | liever niet | niet doen
  いいえ | いや | だめ | ダメ | 駄目 | やめて | やめてください | 結構です | けっこうです
  不 | 不是 | 不要 | 不行 | 不用 | 不可以 | 不同意 | 不了 | 否 | 别`

/** Too short to stand beside other words: "y si" is Spanish for "and if". */
const ALONE = { y: 'yes', n: 'no' } as const

/** `name`: the bot's own, which may stand before or after. */
export function answerIn(text: string, name = ''): 'yes' | 'no' | null {
  const words = wordsOf(text, name)
  const alone = words.join(' ')
  const isQuestion = /[?？¿]/.test(text)
  if (isAllOf(words, NO_WORDS)) return 'no'
  if (isQuestion) return null
  if (Object.hasOwn(ALONE, alone)) return ALONE[alone as keyof typeof ALONE]
  const isRepeated = new Set(words).size < words.length
  return !isRepeated && isAllOf(words, YES_WORDS) ? 'yes' : null
}

const YES_WORDS = phrasesIn(YES)
const NO_WORDS = phrasesIn(NO)
const LONGEST_PHRASE = 4

/** "Yes, go ahead", "ja bitte", "sí, por favor": phrases of one side in a row, and politeness around them. */
function isAllOf(words: string[], phrases: ReadonlySet<string>) {
  return words.length <= 8 && goesOn(words, false)

  function goesOn(rest: string[], isSaid: boolean): boolean {
    if (!rest.length) return isSaid
    return Array.from({ length: LONGEST_PHRASE }, (_, index) => index + 1).some((length) => {
      if (length > rest.length) return false
      const phrase = rest.slice(0, length).join(' ')
      const isOurs = phrases.has(phrase)
      return (isOurs || politeWords.has(phrase)) && goesOn(rest.slice(length), isSaid || isOurs)
    })
  }
}

function phrasesIn(lines: string): ReadonlySet<string> {
  return new Set(lines.split(/[|\n]/).map((phrase) => wordsOf(phrase).join(' ')))
}
