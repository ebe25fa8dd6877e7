import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openBrowser } from './browser.ts'
import { NpmStart, placeToStart } from './npm-start.ts'

interface Started {
  place: Awaited<ReturnType<typeof placeToStart>>
  started: NpmStart
  browser: Browser
}

/** `npm start` and a browser, for all tests of a file. A test that starts it again puts it here. */
export function useNpmStart() {
  const here = {} as Started
  beforeAll(async () => {
    here.place = await placeToStart()
    here.started = new NpmStart(here.place.env)
    here.browser = await openBrowser()
    await here.started.isUp()
  })
  afterAll(async () => {
    await here.browser?.close()
    here.started?.signal('SIGKILL')
    here.place?.remove()
  })
  return here
}
