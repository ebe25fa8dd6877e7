import { face } from './face.js'
import { make } from './make.js'

/** The list of people that opens behind an @. */
export class Suggestions {
  #list = document.getElementById('people')
  #editor
  #people
  #found = []
  #chosen = 0

  constructor({ editor, people }) {
    this.#editor = editor
    this.#people = people
    editor.addEventListener('blur', () => this.#close())
  }

  update() {
    const typed = this.#typed()
    const starts = ({ name }) => name.toLowerCase().startsWith(typed?.query.toLowerCase())
    this.#found = typed ? this.#people().filter(starts).slice(0, 6) : []
    this.#chosen = 0
    this.#draw()
  }

  /** True when the key was for the list. */
  press(event) {
    if (this.#found.length === 0) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      this.#chosen = (this.#chosen + step + this.#found.length) % this.#found.length
      this.#draw()
    } else if (event.key === 'Enter' || event.key === 'Tab') this.#pick(this.#found[this.#chosen])
    else if (event.key === 'Escape') this.#close()
    else return false
    event.preventDefault()
    return true
  }

  #pick(person) {
    const { node, start, end } = this.#typed()
    const range = document.createRange()
    range.setStart(node, start)
    range.setEnd(node, end)
    range.deleteContents()

    const chip = mentionOf(person)
    const space = document.createTextNode('\u00a0')
    range.insertNode(space)
    range.insertNode(chip)
    getSelection().collapse(space, 1)
    this.#close()
  }

  /** The @ and what follows it, right before the caret. */
  #typed() {
    const { anchorNode: node, anchorOffset: end, isCollapsed } = getSelection()
    if (!isCollapsed || node?.nodeType !== Node.TEXT_NODE || !this.#editor.contains(node))
      return null
    const query = /(?:^|[\s\u00a0(])@([\p{L}\p{N} ]{0,20})$/u.exec(node.data.slice(0, end))?.[1]
    return query === undefined ? null : { node, start: end - query.length - 1, end, query }
  }

  #close() {
    this.#found = []
    this.#draw()
  }

  #draw() {
    this.#list.hidden = this.#found.length === 0
    const options = this.#found.map((person, index) => {
      const selected = String(index === this.#chosen)
      const id = `person-${person.id}`
      const option = make('div', { id, role: 'option', 'aria-selected': selected }, [
        face(person),
        make('span', {}, [person.name]),
      ])
      // Before the editor loses the caret.
      option.addEventListener('mousedown', (event) => {
        event.preventDefault()
        this.#pick(person)
      })
      return option
    })
    this.#list.replaceChildren(...options)
    const active = options[this.#chosen]?.id
    if (active) this.#editor.setAttribute('aria-activedescendant', active)
    else this.#editor.removeAttribute('aria-activedescendant')
  }
}

/** The chip of a person, as it stands in the editor. */
export function mentionOf({ name, chip }) {
  const mention = make('span', { class: 'mention', contenteditable: 'false' }, [`@${name}`])
  mention.dataset.chip = chip
  return mention
}
