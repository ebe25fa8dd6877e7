// Of our own: the libraries that were small enough (tinyld, franc-min) add 34 and 55 KB to a Worker that
// is to load in 250, and take short English, "deploy status?" or "hello", for Spanish, Italian or Dutch.
// In a chat most messages are short, and then the small words tell more than the letters.

/** Words that are common in one language, those of the others left out where they are the same. */
const WORDS: Record<string, string> = {
  en: `the a an is are was were be been do does did what which who when where why how can could would should
    will you your me my we our they their it this that these those and or not with from for of to at by on if
    then than there here have has had please help make give show tell write find about many much any some all
    just only hello hi hey thanks now no me so as he she him her us i in per plus son most over under also`,
  de: `der die das den dem des ein eine einen einem einer ist sind bin bist sein wird werden wurde hat haben
    habe hast ich du er sie wir ihr mir dir mich dich uns euch mein meine dein deine unser nicht kein keine und
    oder aber auch noch schon nur mit von vom zu zum zur auf aus bei für über unter nach wie wo wer wann warum
    welche welcher welches kannst können könntest könnte soll sollen muss bitte danke hallo hilfe mal gibt es
    im am wenn dass weil`,
  fr: `le la les un une des du de au aux et ou est sont suis es être avoir ai as avons avez ont je tu il elle
    nous vous ils elles me te se mon ma mes ton ta tes son sa ses notre votre leur ce cet cette ces ça que qui
    quoi quel quelle quels quelles quand où comment pourquoi combien ne pas plus avec sans pour par sur dans
    peux peut pouvez pouvons faire fais dis bonjour salut merci aide aidez moi toi lui y en résume résumer
    s'il plaît`,
  es: `el la los las un una unos unas del de al y o es son soy eres está están ser estar hay he ha hemos han yo
    tú él ella nosotros ustedes me te se mi mis tu tus su sus nuestro este esta esto estos ese esa eso que qué
    quién cuál cuáles cuándo dónde cómo por porque cuánto cuánta cuántos no sí más con sin para en sobre puedes
    puede podemos podrías hacer haz dime hola gracias ayuda favor lo le les muy también pero`,
  pt: `o a os as um uma uns umas do da dos das no na nos nas ao à e ou é são sou está estão ser tem temos eu
    você vocês ele ela nós me te se meu minha meus teu tua seu sua nosso nossa este esta isto isso esse essa
    que quem qual quais quando onde como por porque quanto quantos não sim mais com sem para em sobre pode
    podem podemos poderia fazer faz diga olá oi obrigado obrigada ajuda favor muito também mas`,
  it: `il lo la i gli le un uno una del della dei delle dello al alla ai nel nella di da e o è sono sei essere
    ho hai ha abbiamo avete hanno io tu lui lei noi voi loro mi ti ci si mio mia miei tuo tua suo sua nostro
    questo questa questi quello quella che chi cosa quale quali quando dove come perché quanto quanti non più
    con senza per in su puoi può potete possiamo fare fai dimmi ciao grazie aiuto favore molto anche ma`,
  nl: `de het een van is zijn ben bent was waren wordt worden heeft hebben heb hebt ik jij je hij zij wij we
    jullie mij jou ons mijn jouw onze niet geen en of maar ook nog al met voor uit bij naar over onder op te
    aan dit dat deze die wat wie waar wanneer waarom hoe hoeveel welke kun kan kunnen kunt zou moet graag dank
    bedankt hallo hoi hulp er zo dan als om alsjeblieft`,
}

/** Letters that only one of these languages has. */
const LETTERS: [string, RegExp][] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['de', /ß/],
  ['es', /[ñ¿¡]/],
  ['pt', /[ãõ]/],
]

const MOST_JUDGED = 2_000
const LOOKS_BACK = 10

/** Null where it cannot be told, as of a word or two, or is none that we speak. */
export function languageOf(text: string): string | null {
  const words = prose(text)
  const [[byLetter] = []] = LETTERS.filter(([, letters]) => letters.test(words))
  if (byLetter) return byLetter
  // Words in another script outweigh a small word of ours.
  if (/[\p{Script=Cyrillic}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Greek}]{2}/u.test(words)) {
    return null
  }

  const tokens = words.toLowerCase().match(/\p{L}+/gu) ?? []
  const [first, second] = SMALL_WORDS.map(([language, weights]) => ({
    language,
    score: tokens.reduce((sum, token) => sum + (weights.get(token) ?? 0), 0),
  })).toSorted((a, b) => b.score - a.score)
  return first && second && first.score >= 1 && first.score > second.score ? first.language : null
}

/** The language of whoever asked, from the prompt that holds the question. */
export function languageIn(prompt: string | null): string | null {
  const said = askedIn(prompt ?? '').matchAll(
    /<message[^>]*>(?:<quote[^>]*>.*?<\/quote>)?(.*?)<\/message>/gs,
  )
  return languageOf(Array.from(said, ([, words = '']) => words.replace(/&lt;/g, '<')).join('\n'))
}

function askedIn(prompt: string) {
  return Array.from(prompt.matchAll(/<asked[^>]*>(.*?)<\/asked>/gs), ([all]) => all).join('\n')
}

/** What this person spoke last, in the prompts of earlier turns. */
export function languageBefore(prompts: string[], asker: number): string | null {
  const theirs = prompts
    .slice(-LOOKS_BACK)
    .filter((prompt) => askedIn(prompt).includes(`author_id="${asker}"`))
  return theirs.map(languageIn).findLast(Boolean) ?? null
}

/** Code, quotes, addresses and names say nothing of the language they stand in. */
function prose(text: string) {
  return text
    .slice(0, MOST_JUDGED)
    .replace(/```.*?(?:```|$)/gs, ' ')
    .replace(/`[^`\n]*`|"[^"\n]*"|https?:\/\/\S+|[@#]\S+/g, ' ')
}

/** A word that two languages share counts for each, but less. */
const SMALL_WORDS = weigh()

function weigh() {
  const lists = Object.entries(WORDS).map(
    ([language, words]) => [language, new Set(words.split(/\s+/))] as const,
  )
  return lists.map(([language, words]) => {
    const weights = new Map(
      [...words].map((word) => [word, 1 / lists.filter(([, all]) => all.has(word)).length]),
    )
    return [language, weights] as const
  })
}
