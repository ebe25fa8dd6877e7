/** Loaded by whoever opens the first link: a message never waits for it. */
export async function page() {
  return await import('./page/page.ts')
}
