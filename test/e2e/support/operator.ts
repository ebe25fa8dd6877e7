import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { NpmStart } from './npm-start.ts'

interface Focused {
  name: string
  isSeen: boolean
  isAfter: boolean
}

/** Whoever runs the bots, at the Worker's page. */
export class Operator {
  readonly page: Page
  readonly worker: string
  readonly #token: string

  constructor(page: Page, worker: string, token: string) {
    this.page = page
    this.worker = worker
    this.#token = token
    page.setDefaultTimeout(15_000)
  }

  static at(page: Page, started: NpmStart, home: string) {
    const { keys } = JSON.parse(readFileSync(join(home, 'home.json'), 'utf8'))
    const [, worker = ''] = /The Worker: +(\S+)/.exec(started.printed) ?? []
    return new Operator(page, worker, keys.admin)
  }

  async signsIn(path = '/', token = this.#token) {
    await this.page.goto(`${this.worker}${path}`)
    await this.page.getByLabel('ADMIN_TOKEN').fill(token)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  /** Waits until every room has heard of what was saved last. */
  async isTold(bot: string) {
    await expect
      .poll(async () => {
        await this.page.goto(`${this.worker}/bots/${bot}`)
        return await this.page.getByText('rooms have heard of it so far').count()
      })
      .toBe(0)
  }

  /** What is in anybody's way there, light and dark, on a desk and on a phone. */
  async inTheWayAt(path: string) {
    await this.page.goto(this.worker + path)
    const found: string[] = []
    for (const width of [1280, 390]) {
      await this.page.setViewportSize({ width, height: 900 })
      await this.page.emulateMedia({ colorScheme: 'light' })
      found.push(...(await this.barriers()).map((what) => `light, ${width}: ${what}`))
      if (await this.isTooWide()) found.push(`${width}: too wide`)
      found.push(
        ...(await this.sidewaysOnly()).map((what) => `${width}: ${what} is beside the rest`),
      )
      found.push(...(await this.cutOff()).map((what) => `${width}: ${what} is cut off`))
      // Nothing but the colors is another.
      await this.page.emulateMedia({ colorScheme: 'dark' })
      const dark = await this.barriers({ runOnly: ['color-contrast'] })
      found.push(...dark.map((what) => `dark, ${width}: ${what}`))
    }
    return found
  }

  /** What keeps people with a screen reader, a keyboard or weak eyes from this page. */
  async barriers(options: RunOptions = {}) {
    // The page's own policy refuses scripts that are written into it, so it comes as an expression.
    await this.page.evaluate(axe.source)
    const { violations } = await this.page.evaluate(
      async (options) => await Reflect.get(globalThis, 'axe').run(options),
      options,
    )
    return (violations as { id: string; nodes: { html: string }[] }[]).map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    )
  }

  async focused(): Promise<string> {
    return await this.page.evaluate('document.activeElement.localName')
  }

  /** From where the focus is to the end: what of it cannot be seen, what comes before what it follows, and the last. */
  async goesThroughByKeys() {
    const unseen: string[] = []
    const outOfOrder: string[] = []
    await this.page.evaluate('window.before = document.activeElement')
    for (let last = ''; ; ) {
      await this.page.keyboard.press('Tab')
      const here = await this.page.evaluate<Focused | null>(`(() => {
        const now = document.activeElement, { left, right } = now.getBoundingClientRect()
        if (now === document.body) return null
        const { outlineStyle, outlineWidth } = getComputedStyle(now)
        // A date has several stops within, and shows by itself which of them it is at.
        if (now === before) return { name: now.name, isSeen: true, isAfter: true }
        const isAfter = Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING)
        before = now
        const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) > 1 && right > 0 && left < innerWidth
        return { name: now.textContent.trim().slice(0, 40) || now.name, isSeen, isAfter }
      })()`)
      if (!here || here.name === 'Skip to the content') return { unseen, outOfOrder, last }
      last = here.name
      if (!here.isSeen) unseen.push(last)
      if (!here.isAfter) outOfOrder.push(last)
    }
  }

  /** What cannot be read in a field of a table, as it has less room than it needs. */
  async cutOff(): Promise<string[]> {
    return await this.page.evaluate(`[...document.querySelectorAll('td select')].filter((select) => {
      const given = select.offsetWidth
      const whole = select.cloneNode(true)
      Object.assign(whole.style, { position: 'absolute', width: 'auto' })
      select.after(whole)
      const needed = whole.offsetWidth
      whole.remove()
      return needed > given
    }).map((select) => select.name)`)
  }

  /** Parts that show all that they have only to whoever moves them sideways. */
  async sidewaysOnly(): Promise<string[]> {
    return await this.page.evaluate(`[...document.querySelectorAll('.scroll')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((part) => part.querySelector('h2')?.textContent ?? part.ariaLabel ?? part.className)`)
  }

  /** Whether anything sticks out to the right. */
  async isTooWide() {
    return await this.page.evaluate('document.documentElement.scrollWidth > innerWidth')
  }
}
