import type { InEach, Language } from '../languages.ts'
import { wordsOf } from '../sentences.ts'

export type ControlWord = 'help' | 'stop' | 'forget' | 'why'

/**
 * Words that are handled without the model, as the whole of a message. Those of every language are known
 * in every room, whichever language is spoken there; `help` names them in the reader's own. So none of
 * them may be what somebody says for another reason, in its own language or in any other here. Left out:
 *
 * - `no` and its like: a no answers a question, and stops nothing
 * - "forget it", "vergiss es", "olvídalo", "oublie", "esquece", 忘れて: they say "never mind", and what is
 *   forgotten does not come back. Where the plain imperative says so, it takes the infinitive
 * - "vergessen", "vergeten", 忘了: "I forgot"
 * - "porque" and "perche" may be "because"; with its accent, or in two words, it asks
 * - "para" is Spanish for "for" as well as for "stop", and "alto" is "high"
 * - "parar", "fermo", "genug" and others that tell about something, and call for nothing
 */
const WORDS: InEach<Record<ControlWord, string>> = {
  en: {
    help: 'help',
    stop: 'stop | stop please | please stop',
    why: 'why',
    forget: 'forget | forget this conversation',
  },
  de: {
    help: 'hilfe',
    stop: 'stopp | halt | anhalten | abbrechen | hör auf | stopp bitte | bitte stopp',
    why: 'warum | wieso | weshalb',
    forget: 'vergiss | vergiss alles | vergiss dieses gespräch | vergiss diese unterhaltung',
  },
  es: {
    help: 'ayuda',
    stop: 'detente | detén | deténgase | cancela | basta',
    why: 'por qué | por que',
    forget: 'olvida | olvidar | olvida todo | olvídalo todo | olvida esta conversación',
  },
  fr: {
    help: 'aide',
    stop: 'arrête | arrêtez | arrete | arretez | arrêter | arrête-toi | arrêtez-vous',
    why: 'pourquoi',
    forget:
      'oublier | oublie tout | oubliez tout | oublie cette conversation | oubliez cette conversation',
  },
  it: {
    help: 'aiuto',
    stop: 'fermati | ferma | smettila',
    why: 'perché | perchè',
    forget: 'dimentica | dimentica tutto | dimentica questa conversazione',
  },
  ja: {
    help: 'ヘルプ | 使い方',
    stop: '停止 | ストップ | 止めて | 止まって | やめて | 中止',
    why: 'なぜ | どうして | なんで',
    forget: '忘れる | 全部忘れて | 会話を忘れて | この会話を忘れて',
  },
  nl: {
    help: 'hulp',
    stop: 'stoppen | hou op | houd op | stop maar',
    why: 'waarom',
    forget: 'vergeet | vergeet alles | vergeet dit gesprek',
  },
  pt: {
    help: 'ajuda',
    stop: 'pare | cancele | pára',
    why: 'por que | por quê | porquê',
    forget:
      'esquecer | esqueça tudo | esquece tudo | esqueça esta conversa | esquece esta conversa',
  },
  zh: {
    help: '帮助 | 幫助',
    stop: '停止 | 停 | 停下 | 停一下',
    why: '为什么 | 為什麼 | 为何',
    forget: '忘记 | 忘記 | 全部忘记 | 忘记这段对话 | 忘記這段對話',
  },
}

/** A message that is handled without the model. `name`: the bot's own, which may stand before or after. */
export function controlWord(text: string, name = ''): ControlWord | null {
  return found(text, name)?.word ?? null
}

/** The language that a control word tells: not of one that several share, nor of English, which all may use. */
export function languageOfWord(text: string, name = ''): Language | null {
  const [language, ...others] = found(text, name)?.languages ?? []
  return language && language !== 'en' && !others.length ? language : null
}

interface Known {
  word: ControlWord
  languages: Language[]
}

function found(text: string, name: string) {
  return KNOWN.get(wordsOf(text, name).join(' '))
}

const KNOWN = index()

function index() {
  const known = new Map<string, Known>()
  for (const [language, words] of Object.entries(WORDS)) {
    for (const [word, lists] of Object.entries(words)) {
      for (const phrase of lists.split('|').map((one) => wordsOf(one).join(' '))) {
        const before = known.get(phrase)?.languages ?? []
        const languages = [...before, language as Language]
        known.set(phrase, { word: word as ControlWord, languages })
      }
    }
  }
  return known
}
