import { toHtml } from '../../../src/campfire/html.ts'
import { People, type Person } from '../../campground/people.ts'
import { plainText } from '../../campground/plain.ts'
import { screen } from '../../campground/screen.ts'
import { sgidOf } from '../../campground/sgid.ts'

/** One answer as a model writes it. */
export interface Answer {
  name: string
  markdown: string
}

const NAMES = ['Ann', 'Ann Lee', 'Zoë Müller', '李雷', 'Tim Able', 'Tim Baker']
const everyone = NAMES.map(
  (name, index): Person => ({
    ...{ id: index + 1, name, role: 'member', active: true },
    ...{ key: null, webhook: null },
  }),
)
const people = new People(everyone)
const sgids = new Map(everyone.map(({ id, name }) => [name, sgidOf(id)]))

/** The answers of a file: each under a line `=== name`. */
export function answersIn(file: string): Answer[] {
  return file
    .split(/^=== /m)
    .slice(1)
    .map((one) => {
      const [name = ''] = one.split('\n', 1)
      return { name, markdown: one.slice(name.length + 1).replace(/\n$/, '') }
    })
}

export function htmlOf(markdown: string): string {
  return toHtml(markdown, sgids)
}

/** What Campfire shows of it, behind its own filter of tags. */
export function seenOf(markdown: string): string {
  return screen({ html: htmlOf(markdown), file: null }, people)
}

/** The golden file, for people: what is seen, a block a line, and the text of a notification. */
export function golden(answers: Answer[], prepare: (markdown: string) => string): string {
  const all = answers.map(({ name, markdown }) => {
    const shown = prepare(markdown)
    const seen = seenOf(shown).replace(BLOCK_END, '$&\n').trimEnd()
    const plain = plainText(htmlOf(shown), people).replace(/^/gm, '    ')
    return `=== ${name}\n${seen}\n\n${plain.replace(/ +$/gm, '')}\n`
  })
  return all.join('\n')
}

const BLOCK_END =
  /<\/(?:p|h[1-6]|ul|ol|li|pre|blockquote)>|<hr>|<(?:ul|ol|blockquote)>|<\/div>(?=<(?:br|p|div)>)|(?<=<\/(?:p|h[1-6]|ul|ol|pre|blockquote|div)>)<br>/g
