import type { InEach } from '../../languages.ts'

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
