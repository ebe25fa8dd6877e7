import { face } from './face.js'

/** A direct has no name: it is called by the others in it. */
export function nameOf(room, people, me) {
  if (room.name !== null) return room.name
  const others = room.members.filter((id) => id !== me.id)
  return people
    .filter(({ id }) => others.includes(id))
    .map(({ name }) => name)
    .join(', ')
}

export function drawSidebar({ rooms, current, people, me, unread }) {
  const draw = (room) => {
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = `#/rooms/${room.id}`
    link.className = unread.has(room.id) ? 'unread' : ''
    if (room.id === current.id) link.setAttribute('aria-current', 'page')
    link.append(mark(room), text(nameOf(room, people, me)))
    item.append(link)
    return item
  }
  const isDirect = ({ type }) => type === 'direct'
  document.getElementById('rooms').replaceChildren(...rooms.filter((r) => !isDirect(r)).map(draw))
  document.getElementById('directs').replaceChildren(...rooms.filter(isDirect).map(draw))

  function mark(room) {
    const other = people.find(({ id }) => id !== me.id && room.members.includes(id))
    if (isDirect(room) && other) return face(other)
    const hash = document.createElement('span')
    hash.className = 'hash'
    hash.setAttribute('aria-hidden', 'true')
    return hash
  }
}

function text(value) {
  const span = document.createElement('span')
  span.className = 'label'
  span.textContent = value
  return span
}
