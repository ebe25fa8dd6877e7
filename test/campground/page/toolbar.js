import { make } from './make.js'

const BOOSTS = ['👍', '👏', '❤️', '😂', '🎉', '👀']

/** What one can do with a message. */
export function toolbar({ message, me, boost, reply, remove }) {
  const bar = make('div', { class: 'toolbar', role: 'group', 'aria-label': 'Actions' })
  const choices = make('div', { class: 'toolbar__boosts', role: 'group', 'aria-label': 'Boosts' })
  choices.hidden = true
  choices.append(...BOOSTS.map((emoji) => button(emoji, `Boost with ${emoji}`, () => pick(emoji))))

  const opener = button('☺', 'Boost', () => {
    choices.hidden = !choices.hidden
    opener.setAttribute('aria-expanded', String(!choices.hidden))
  })
  bar.append(
    choices,
    opener,
    button('↩', 'Reply', () => reply(message)),
  )
  if (message.author.id === me.id) bar.append(button('✕', 'Delete', () => remove(message)))
  return bar

  function pick(emoji) {
    choices.hidden = true
    boost(message, emoji)
  }
}

function button(sign, label, act) {
  const button = make('button', { type: 'button', 'aria-label': label, title: label }, [sign])
  button.addEventListener('click', act)
  return button
}
