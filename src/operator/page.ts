import type * as All from './page/all.tsx'

export type PageName = keyof typeof All.PAGES
export type PageProps = { [Name in PageName]: Parameters<(typeof All.PAGES)[Name]['Page']>[0] }

/** Loaded when the first page is asked for: a message never waits for them. */
export async function pages() {
  return await import('./page/all.tsx')
}
