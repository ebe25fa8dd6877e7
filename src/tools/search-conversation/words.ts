import type { InEach } from '../../languages.ts'

/** Both are empty where they were not asked for. */
interface Sought {
  words: string
  person: string
}

/** "Searching", then what for and in whose words; the same again as a question. */
export const WORDS: InEach<{
  asks: (sought: Sought) => string
  status: (sought: Sought) => string
}> = {
  en: spoken({
    status: 'Searching',
    asks: (rest) => `May I search this conversation${rest}?`,
    words: (words) => ` for “${words}”`,
    person: (person) => ` in what ${person} said`,
    all: ' what was said',
  }),
  de: spoken({
    status: 'Ich suche',
    asks: (rest) => `Darf ich in diesem Gespräch suchen${rest && `,${rest}`}?`,
    words: (words) => ` nach „${words}“`,
    person: (person) => ` in dem, was ${person} gesagt hat`,
    all: ' in unserem Gespräch',
  }),
  es: spoken({
    status: 'Buscando',
    asks: (rest) => `¿Puedo buscar en esta conversación${rest}?`,
    words: (words) => ` «${words}»`,
    person: (person) => ` en lo que dijo ${person}`,
    all: ' en lo que se dijo',
  }),
  fr: spoken({
    status: 'Je cherche',
    asks: (rest) => `Puis-je chercher dans cette conversation${rest} ?`,
    words: (words) => ` « ${words} »`,
    person: (person) => ` dans ce que ${person} a dit`,
    all: ' dans ce qui s’est dit',
  }),
  it: spoken({
    status: 'Sto cercando',
    asks: (rest) => `Posso cercare in questa conversazione${rest}?`,
    words: (words) => ` «${words}»`,
    person: (person) => ` in quello che ha detto ${person}`,
    all: ' in quello che è stato detto',
  }),
  ja: {
    asks: (sought) => `この会話から${japanese(sought)}検索してもいいですか？`,
    status: (sought) => `${japanese(sought) || '会話を'}検索しています`,
  },
  nl: spoken({
    status: 'Ik zoek',
    asks: (rest) => `Mag ik in dit gesprek zoeken${rest}?`,
    words: (words) => ` naar ‘${words}’`,
    person: (person) => ` in wat ${person} zei`,
    all: ' in wat er is gezegd',
  }),
  pt: spoken({
    status: 'Procurando',
    asks: (rest) => `Posso procurar nesta conversa${rest}?`,
    words: (words) => ` “${words}”`,
    person: (person) => ` no que ${person} disse`,
    all: ' no que foi dito',
  }),
  zh: {
    asks: (sought) => `我可以在这段对话中搜索${chinese(sought)}吗？`,
    status: (sought) => `正在搜索${chinese(sought)}`,
  },
}

interface Spoken {
  status: string
  asks: (rest: string) => string
  words: (words: string) => string
  person: (person: string) => string
  all: string
}

function spoken(say: Spoken) {
  const rest = ({ words, person }: Sought) =>
    `${words && say.words(words)}${person && say.person(person)}`
  return {
    asks: (sought: Sought) => say.asks(rest(sought)),
    status: (sought: Sought) => `${say.status}${rest(sought) || say.all}`,
  }
}

function japanese({ words, person }: Sought) {
  return `${person && `${person}さんの発言から`}${words && `「${words}」を`}`
}

function chinese({ words, person }: Sought) {
  return `${person && `${person}说过的话`}${person && words && '：'}${words && `“${words}”`}`
}

/** What people ask for, and this answers. */
export const EXAMPLES: InEach<string[]> = {
  en: ['What did we say about the budget in March?'],
  de: ['Was haben wir im März zum Budget gesagt?'],
  es: ['¿Qué dijimos del presupuesto en marzo?'],
  fr: ['Qu’avons-nous dit du budget en mars ?'],
  it: ['Che cosa abbiamo detto del budget a marzo?'],
  ja: ['3月に予算について何を話しましたか？'],
  nl: ['Wat hebben we in maart over het budget gezegd?'],
  pt: ['O que dissemos sobre o orçamento em março?'],
  zh: ['我们三月份关于预算说了什么？'],
}
