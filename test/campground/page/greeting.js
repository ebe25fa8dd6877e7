import { make } from './make.js'

const TRIES = [
  {
    title: 'Tell it something, and ask about it later',
    text: 'our offsite is in Bergün on 4 May. Will you still know that when I ask?',
  },
  {
    title: 'Ask for a table',
    text: 'compare three places for our offsite in a table',
  },
  { title: 'See what it can do', text: 'help' },
]

/** What an empty room shows: three things to try, each written into the composer by one click. */
export class Greeting {
  #place
  #write

  constructor(place, { write }) {
    this.#place = place
    this.#write = write
  }

  show({ name, isDirect, bot }) {
    this.#place.replaceChildren(
      make('h2', {}, [isDirect ? `You and ${name}` : `Welcome to ${name}`]),
      make('p', {}, [bot ? invitationOf(bot, isDirect) : 'Nothing has been said here yet.']),
      ...(bot ? [this.#triesWith(bot), make('p', {}, ['A click writes it, Enter sends it.'])] : []),
    )
    this.#place.hidden = false
  }

  hide() {
    this.#place.hidden = true
  }

  #triesWith(bot) {
    const items = TRIES.map(({ title, text }) => {
      const said = make('small', {}, [`@${bot.name} ${text}`])
      const button = make('button', { type: 'button' }, [make('strong', {}, [title]), said])
      button.addEventListener('click', () => this.#write(bot, text))
      return make('li', {}, [button])
    })
    return make('ul', {}, items)
  }
}

function invitationOf({ name }, isDirect) {
  if (isDirect) return `Here every message reaches ${name}. Three things to try:`
  return `Mention ${name} and it answers here. Three things to try:`
}
