import { type Campfire, type Page, pagesBack } from '../../campfire.ts'

const MOST_PAGES = 3

/** The newest page, back to the first of these messages: much may have been said while the model was at it. */
export async function pageWith(
  lists: Pick<Campfire, 'list'>,
  asked: ReadonlyMap<number, string>,
): Promise<Page> {
  const first = Math.min(...asked.keys())
  const reaches = ({ messages: [oldest] }: Page) => oldest !== undefined && oldest.id <= first
  const pages: Page[] = []
  for await (const page of pagesBack(lists, { reaches, most: MOST_PAGES })) pages.unshift(page)
  return {
    messages: pages.flatMap(({ messages }) => messages),
    more: pages[0]?.more ?? false,
    total: pages[0]?.total ?? null,
    unreadable: pages.reduce((sum, { unreadable }) => sum + unreadable, 0),
  }
}
