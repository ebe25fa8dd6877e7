import { Composer } from './composer.js'
import { Greeting } from './greeting.js'
import { listen } from './live.js'
import { Messages } from './messages.js'
import { drawSidebar, nameOf } from './sidebar.js'
import * as town from './town.js'

const find = (id) => document.getElementById(id)
const speaker = find('speaker')
const unread = new Set()
let missed = null
let state = { people: [], rooms: [], messages: [] }

const messages = new Messages(find('messages'), {
  boost: (message, content) => attempt(town.boost(message.id, me().id, content)),
  unboost: (message, boost) => attempt(town.unboost(message.id, boost.id, me().id)),
  reply: (message) => composer.replyTo(message),
  remove: (message) => attempt(town.remove(message.id, me().id)),
})

const composer = new Composer({
  people: () => people().filter(({ id }) => room().members.includes(id)),
  send: (html, replyTo) => attempt(town.say(room().id, { person: me().id, html, replyTo })),
  attach: (file) => attempt(town.attach(room().id, { person: me().id, file })),
})

const greeting = new Greeting(find('greeting'), {
  write: (bot, text) => composer.write(bot, text),
})

speaker.addEventListener('change', () => {
  localStorage.setItem('speaker', speaker.value)
  draw()
})
addEventListener('hashchange', () => {
  draw()
  composer.focus()
})

listen({
  hear,
  began: load,
  online: (yes) => {
    find('offline').hidden = yes
  },
})

/** What is heard meanwhile may be newer than what is read, so it comes after. */
async function load() {
  missed ??= []
  state = await town.state()
  const heard = missed ?? []
  missed = null
  const chosen = localStorage.getItem('speaker') ?? '1'
  const options = humans().map(({ id, name }) => new Option(name, id, false, String(id) === chosen))
  speaker.replaceChildren(...options)
  draw()
  heard.forEach(hear)
}

function draw() {
  unread.delete(room().id)
  drawSidebar({ rooms: myRooms(), current: room(), people: state.people, me: me(), unread })
  find('room-name').textContent = nameOf(room(), state.people, me())
  find('room-members').textContent = room()
    .members.map((id) => personOf(id)?.name)
    .filter(Boolean)
    .join(', ')
  document.title = `${nameOf(room(), state.people, me())} – Campground`
  messages.show(
    state.messages.filter((message) => message.room === room().id),
    me(),
  )
  greet()
}

function greet() {
  if (!messages.isEmpty) return greeting.hide()
  const bot = room()
    .members.map(personOf)
    .find((person) => person?.role === 'bot')
  const name = nameOf(room(), state.people, me())
  greeting.show({ name, isDirect: room().type === 'direct', bot })
}

/** One change in the town, as it happens. */
function hear(news) {
  if (missed) return missed.push(news)
  const { what, room: place, id, message } = news
  if (what === 'people' || what === 'room') return load()

  state.messages = state.messages.filter((other) => other.id !== id)
  if (message) state.messages = [...state.messages, message].sort((one, other) => one.id - other.id)

  if (place !== room().id) {
    if (what === 'message') unread.add(place)
    drawSidebar({ rooms: myRooms(), current: room(), people: state.people, me: me(), unread })
    return
  }
  if (message) messages.put(message)
  else messages.drop(id)
  greet()
}

async function attempt(doing) {
  const trouble = find('trouble')
  trouble.textContent = ''
  try {
    await doing
    return true
  } catch (error) {
    trouble.textContent = error.message
    return false
  }
}

function people() {
  return state.people
}

function personOf(id) {
  return state.people.find((person) => person.id === id)
}

function humans() {
  return state.people.filter(({ role }) => role !== 'bot')
}

function me() {
  return personOf(Number(speaker.value)) ?? humans()[0]
}

function myRooms() {
  return state.rooms.filter(({ members }) => members.includes(me().id))
}

function room() {
  const id = Number(/^#\/rooms\/(\d+)/.exec(location.hash)?.[1])
  return myRooms().find((room) => room.id === id) ?? myRooms()[0]
}
