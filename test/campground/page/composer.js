import { mentionOf, Suggestions } from './suggestions.js'

const find = (id) => document.getElementById(id)

/** Where a person writes: chips come from the list of people, nothing else makes one. */
export class Composer {
  #editor = find('editor')
  #suggestions
  #send
  #attach
  #replyTo

  constructor({ people, send, attach }) {
    this.#send = send
    this.#attach = attach
    this.#suggestions = new Suggestions({ editor: this.#editor, people })

    this.#editor.addEventListener('keydown', (event) => this.#press(event))
    this.#editor.addEventListener('input', () => this.#suggestions.update())
    find('composer').addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#submit()
    })
    find('reply-cancel').addEventListener('click', () => this.replyTo(undefined))
    find('attach').addEventListener('click', () => find('file').click())
    find('file').addEventListener('change', () => this.#attachAll())
  }

  focus() {
    this.#editor.focus()
  }

  /** In place of what stood there; sending it is left to the person. */
  write(person, text) {
    const words = document.createTextNode(`\u00a0${text}`)
    this.#editor.replaceChildren(mentionOf(person), words)
    this.focus()
    getSelection().collapse(words, words.length)
  }

  replyTo(message) {
    this.#replyTo = message
    find('reply').hidden = !message
    find('reply-text').textContent = message ? `Replying to ${message.author.name}` : ''
    this.focus()
  }

  #press(event) {
    if (event.isComposing || this.#suggestions.press(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void this.#submit()
    } else if (event.key === 'Escape') this.replyTo(undefined)
  }

  async #submit() {
    const content = htmlOf(this.#editor)
    if (content === '') return
    // A reply goes without the div, right behind its quote, as Campfire's composer has it.
    const html = this.#replyTo ? content : `<div>${content}</div>`
    const replyTo = this.#replyTo?.id
    const draft = [...this.#editor.childNodes]
    this.#editor.replaceChildren()
    this.replyTo(undefined)
    if (!(await this.#send(html, replyTo))) this.#editor.replaceChildren(...draft)
  }

  // Each file is a message of its own, and the text another one.
  async #attachAll() {
    const input = find('file')
    for (const file of input.files) await this.#attach(file)
    input.value = ''
    this.focus()
  }
}

function htmlOf(editor) {
  const write = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.data)
    if (node.nodeName === 'BR') return '<br>'
    return node.dataset?.chip ?? [...node.childNodes].map(write).join('')
  }
  const html = [...editor.childNodes].map(write).join('')
  return html.replace(/^(\s|<br>|&nbsp;)+|(\s|<br>|&nbsp;)+$/g, '')
}

function escaped(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\u00a0', '&nbsp;')
    .replaceAll('\n', '<br>')
}
