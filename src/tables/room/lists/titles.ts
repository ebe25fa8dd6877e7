import { fold } from '../../../campfire.ts'
import type { InEach } from '../../../languages.ts'

/** What the one list is called that is meant where none is named. */
export const TITLES: InEach<string> = {
  en: 'To do',
  de: 'Zu erledigen',
  es: 'Por hacer',
  fr: 'À faire',
  it: 'Da fare',
  ja: 'やること',
  nl: 'Te doen',
  pt: 'A fazer',
  zh: '待办事项',
}

/** The one for everything has a name in every language, and none of its own. */
const EVERYTHING = ''
const ITS_NAMES = new Set(Object.values(TITLES).map(fold))

/** As it is kept: on one line. */
export function keptName(name = EVERYTHING) {
  const line = name.replace(/\s+/g, ' ').trim()
  return ITS_NAMES.has(fold(line)) ? EVERYTHING : line
}
