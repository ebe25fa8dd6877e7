import { face } from './face.js'
import { make } from './make.js'
import { toolbar } from './toolbar.js'

const TOGETHER = 5 * 60 * 1000

/** The messages of one room, oldest first. */
export class Messages {
  #list
  #does
  #me
  #shown = new Map()

  constructor(list, does) {
    this.#list = list
    this.#does = does
  }

  get isEmpty() {
    return this.#shown.size === 0
  }

  show(messages, me) {
    this.#me = me
    this.#shown = new Map(messages.map((message) => [message.id, message]))
    this.#list.replaceChildren(...messages.map((message) => this.#draw(message)))
    this.#arrange()
    this.#toEnd()
  }

  put(message) {
    const atEnd = this.#isAtEnd()
    const fresh = this.#draw(message)
    const old = this.#elementOf(message.id)
    this.#shown.set(message.id, message)
    if (old) old.replaceWith(fresh)
    else this.#list.append(fresh)
    this.#arrange()
    if (atEnd || message.author.id === this.#me.id) this.#toEnd()
  }

  drop(id) {
    this.#shown.delete(id)
    this.#elementOf(id)?.remove()
    this.#arrange()
  }

  #draw(message) {
    const { id, author } = message
    const text = body(message)
    const article = make('article', {
      class: 'message',
      'aria-label': `Message from ${author.name}`,
    })
    article.classList.toggle('message--mine', author.id === this.#me.id)
    article.classList.toggle('message--emoji', isAllEmoji(text))
    article.dataset.messageId = String(id)
    article.dataset.author = author.name
    article.append(
      face(author),
      make('div', { class: 'message__bubble' }, [heading(message), text, this.#boosts(message)]),
      toolbar({ message, me: this.#me, ...this.#does }),
    )
    return article
  }

  #boosts(message) {
    const pills = message.boosts.map((boost) => {
      const mine = boost.booster === this.#me.id
      const title = `${boost.content} from ${boost.who}`
      const pill = make('button', { type: 'button', class: 'boost', title, 'aria-label': title })
      pill.append(make('span', {}, [boost.content]), make('small', {}, [boost.who]))
      pill.disabled = !mine
      if (mine) pill.addEventListener('click', () => this.#does.unboost(message, boost))
      return pill
    })
    return make('div', { class: 'boosts' }, pills)
  }

  /** Marks where a day begins, and where one person just goes on. */
  #arrange() {
    for (const rule of this.#list.querySelectorAll('.day')) rule.remove()
    let before
    for (const article of this.#list.querySelectorAll('.message')) {
      const message = this.#shown.get(Number(article.dataset.messageId))
      const newDay = dayOf(message) !== dayOf(before)
      const goesOn = before?.author.id === message.author.id && message.at - before.at < TOGETHER
      article.classList.toggle('message--more', goesOn && !newDay)
      if (newDay) article.before(make('div', { class: 'day' }, [dayOf(message)]))
      before = message
    }
  }

  #elementOf(id) {
    return this.#list.querySelector(`[data-message-id="${id}"]`)
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#list
    return scrollHeight - scrollTop - clientHeight < 80
  }

  #toEnd() {
    this.#list.scrollTop = this.#list.scrollHeight
  }
}

function heading({ author, at, edits }) {
  const time = make('time', { datetime: new Date(at).toISOString() }, [
    new Date(at).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' }),
  ])
  const parts = [make('strong', {}, [author.name])]
  if (author.role === 'bot') parts.push(make('span', { class: 'tag' }, ['bot']))
  parts.push(time)
  if (edits > 0) time.title = `Edited ${edits} times; Campfire does not show that`
  return make('header', { class: 'message__heading' }, parts)
}

function body(message) {
  const body = make('div', { class: 'message__body' })
  // The town has cleaned it as Campfire does: what is left can do no harm.
  if (message.file) body.append(download(message))
  else body.innerHTML = message.screen
  return body
}

function download({ id, file }) {
  const href = `/api/messages/${id}/file`
  return make('a', { class: 'file', href, download: file.name }, [
    make('span', { class: 'file__name' }, [file.name]),
    make('small', {}, [sizeOf(file.size)]),
  ])
}

function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`
}

function isAllEmoji(body) {
  return /^(\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u200d\ufe0f\s])+$/u.test(
    body.textContent,
  )
}

function dayOf(message) {
  if (!message) return ''
  return new Date(message.at).toLocaleDateString([], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  })
}
