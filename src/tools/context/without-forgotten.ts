import type { Campfire, Page } from '../../campfire.ts'
import type { Archive } from '../../tables/room/archive.ts'
import type { Tables } from '../../tables.ts'

type Asked = Pick<Campfire, 'list' | 'boost' | 'attach'>
type Searched = Pick<Archive, 'search'>

/** An older version, after which we came back, knows nothing of what it left in the index. */
export function withoutWordsForgotten(archive: Searched, forgotten: Tables['forgotten']) {
  const search: Searched['search'] = (wanted) =>
    archive.search(wanted).filter(({ message: id, author }) => !forgotten.has({ id, author }))
  return { search }
}

/** What is forgotten still stands in Campfire, and no tool reads it there. */
export function withoutForgotten(campfire: Asked, forgotten: Tables['forgotten']): Asked {
  return {
    boost: (...boost) => campfire.boost(...boost),
    attach: (...file) => campfire.attach(...file),
    async list(range) {
      let page = await campfire.list(range)
      for (let pages = 1; ; pages++) {
        const messages = page.messages.filter(
          ({ id, author }) => !forgotten.has({ id, author: author.id }),
        )
        // Whoever reads on goes by what a page shows, so none is empty while there is more.
        const next = messages.length || !page.more ? null : nextOf(page, range)
        if (!next || pages >= MOST_EMPTY) return { ...page, messages }
        page = await campfire.list(next)
      }
    },
  }
}

/** Pages of nothing but what is forgotten. */
const MOST_EMPTY = 10

function nextOf({ messages }: Page, range?: { before: number } | { after: number }) {
  const edge = range && 'after' in range ? messages.at(-1) : messages[0]
  if (!edge) return null
  return range && 'after' in range ? { after: edge.id } : { before: edge.id }
}
