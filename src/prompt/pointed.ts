import { fold } from '../campfire.ts'
import { HOUR, MINUTE } from '../clock.ts'
import type { Message } from '../tables/room/message.ts'
import type { Remark } from './remarks.ts'

/** Words that do no more than point, in all languages at once: people do so in their own. */
const POINTING = `this | that | these | those | it | this one | that one | here | above | the above | see above
  das | dies | dieses | diese | das hier | das da | hier | oben | siehe oben
  esto | eso | este | esta | esa | aqui | arriba | lo de arriba | ver arriba
  ça | ceci | cela | celui-ci | celle-ci | ici | ci-dessus | voir ci-dessus | au-dessus
  questo | questa | quello | quella | sopra | vedi sopra
  これ | それ | あれ | これを | それを | これです | 上 | 上記 | 上の | 上のこれ
  dit | dat | deze | die | hier | hierboven | boven | zie boven | zie hierboven
  isto | isso | aquilo | essa | aí | aqui | acima | veja acima | ver acima
  这 | 这个 | 這 | 這個 | 那个 | 那個 | 这里 | 這裡 | 上面 | 上面的 | 以上 | 如上 | 楼上 | 樓上`
const POLITE = `please | pls | plz | bitte | por favor | s'il te plaît | s'il vous plaît | svp | stp
  per favore | per piacere | お願い | お願いします | alsjeblieft | alstublieft | graag | 请 | 請`

const POLITENESS = phrasesIn(POLITE)
const POINTERS = new Set([...phrasesIn(POINTING), ...POLITENESS])
const LONGEST = 40

/** No word at all, or none that says more than a finger would. */
export function saysNothing(text: string) {
  if (text.length > LONGEST) return !/[\p{L}\p{N}]/u.test(text)
  const words = bare(text)
  if (!words || POINTERS.has(words)) return true
  return POLITENESS.some(
    (polite) =>
      (words.endsWith(` ${polite}`) && POINTERS.has(words.slice(0, -polite.length - 1))) ||
      (words.startsWith(`${polite} `) && POINTERS.has(words.slice(polite.length + 1))),
  )
}

function phrasesIn(lines: string) {
  return lines.split(/[|\n]/).map(bare)
}

function bare(text: string) {
  return fold(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/** So long ago somebody may have said what they point at, and so long it may have taken them. */
const RECENT = HOUR
const IN_ONE_GO = 5 * MINUTE
const MOST = 5

/** What the asker said last before they turned to us, in one go: the end of what is not answered. */
export function ownWordsBefore(
  said: Remark[],
  { asker, messages }: { asker: number; messages: Pick<Message, 'id' | 'at'>[] },
  isAnswered: (id: number) => boolean = () => false,
): Remark[] {
  const first = Math.min(...messages.map(({ id }) => id ?? Number.POSITIVE_INFINITY))
  const theirs = said.filter(({ id, author }) => id !== null && author === asker && id < first)
  const found: Remark[] = []
  let [before, within] = [Math.min(...messages.map(({ at }) => at)), RECENT]
  for (const remark of theirs.toReversed()) {
    const isOne = found.length < MOST && before - remark.at <= within
    if (!isOne || isAnswered(Number(remark.id))) break
    if (!remark.text && !remark.file) continue
    found.unshift(remark)
    before = remark.at
    within = IN_ONE_GO
  }
  return found
}
