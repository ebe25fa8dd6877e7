import packed from '@sparticuz/chromium'
import { chromium, type Page } from 'playwright-core'

export async function openBrowser() {
  return await chromium.launch({
    executablePath: await packed.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--headless=shell'],
  })
}

/** What a person does at the page, and sees there. */
export class Visitor {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
    page.setDefaultTimeout(15_000)
  }

  async goesTo(url: string) {
    await this.page.goto(url)
    await this.page.getByRole('link', { name: 'All Talk' }).waitFor()
  }

  /** Types an @ and some letters, and takes what the list offers. */
  async asks(bot: string, text: string) {
    const editor = this.page.getByRole('textbox', { name: 'Message' })
    await editor.click()
    await this.page.keyboard.type(`@${bot.slice(0, 3)}`)
    await this.page.getByRole('listbox').getByRole('option', { name: bot }).click()
    await this.#goesOn(text)
  }

  async says(text: string) {
    await this.page.getByRole('textbox', { name: 'Message' }).click()
    await this.#goesOn(text)
  }

  messages(author: string) {
    return this.page.locator(`.message[data-author="${author}"] .message__body`)
  }

  async #goesOn(text: string) {
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Enter')
  }
}
