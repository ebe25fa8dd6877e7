/**
 * Watches a room: its socket tells what happens, and what is over is read from the page itself. It comes again by
 * itself when it is cut, less often the longer that takes, and a page that nobody looks at lets go of it.
 */
export const LIVE = `
const live = document.querySelector('[data-live]')
if (live && 'WebSocket' in window) watch(live)

function watch(live) {
  const part = (name) => live.querySelector('[data-live-' + name + ']')
  const turns = new Map()
  let socket, sequence = 0, after = Number(live.dataset.after), waiting = 0, misses = 0, timer, seenTimer, beat

  function connect() {
    clearTimeout(timer)
    if (document.hidden || (socket && socket.readyState < 2)) return
    const url = new URL(live.dataset.live + '?after=' + after, location.href)
    url.protocol = url.protocol.replace('http', 'ws')
    const mine = socket = new WebSocket(url)
    mine.onopen = () => {
      misses = 0
      document.body.classList.remove('offline')
      beat = setInterval(() => {
        mine.send('ping')
        mine.answer ??= setTimeout(() => mine.close(), 10000)
      }, 30000)
    }
    mine.onmessage = ({ data }) => {
      if (data !== 'pong') return hear(mine, JSON.parse(data))
      clearTimeout(mine.answer)
      mine.answer = null
    }
    mine.onclose = () => {
      clearInterval(beat)
      clearTimeout(mine.answer)
      if (mine !== socket || document.hidden) return
      misses++
      if (misses > 1) document.body.classList.add('offline')
      if (misses === 3) fresh()
      timer = setTimeout(connect, Math.min(30000, 500 * 2 ** Math.min(misses, 7)) * (0.5 + Math.random() / 2))
    }
  }

  function hear(mine, event) {
    if (event.type !== 'snapshot' && event.type !== 'resync' && event.sequence !== sequence + 1) return mine.close()
    sequence = event.sequence
    seenTimer ??= setTimeout(() => {
      seenTimer = null
      if (mine.readyState === 1) mine.send(JSON.stringify({ seen: sequence }))
    }, 500)
    apply(event)
    show()
  }

  function apply(event) {
    const turn = turns.get(event.turn)
    const step = turn && turn.steps.find(({ number }) => number === (event.step ?? event.number))
    switch (event.type) {
      case 'snapshot':
        turns.clear()
        waiting = event.waiting
        for (const one of event.turns) if (one.endedAt === null) turns.set(one.id, one)
        if (event.more || event.turns.some(({ endedAt }) => endedAt !== null)) fresh()
        for (const one of event.turns) if (one.endedAt !== null) after = Math.max(after, one.id)
        return
      case 'waiting': waiting = event.waiting; return
      case 'begins': turns.set(event.turn.id, event.turn); return
      case 'state': if (turn) turn.state = event.state; return
      case 'step':
        if (step) Object.assign(step, { state: event.state, kind: event.kind })
        else turn?.steps.push({ number: event.number, state: event.state, kind: event.kind, text: '', tools: [] })
        return
      case 'text': if (step) step.text = step.text.slice(0, event.at) + event.text; return
      case 'tool':
        if (!step) return
        step.tools = [...step.tools.filter(({ number }) => number !== event.number), event]
        return
      case 'reply': if (turn) turn.stands = event.message !== null; return
      case 'ends':
        turns.delete(event.turn)
        after = Math.max(after, event.turn)
        fresh()
    }
  }

  const WORDS = { intended: 'runs', ok: 'done', error: 'failed', unknown: 'outcome unknown', waiting: 'waits for a yes' }

  function show() {
    const [turn] = turns.values()
    say(part('status'), (turn ? inWords(turn) : 'Nothing is running.') + (waiting ? ' ' + waiting + ' waiting.' : ''))
    part('stop').hidden = !turn
    const steps = turn ? turn.steps : []
    const words = steps.filter(({ text }) => text).at(-1)
    say(part('text'), words ? words.text : '')
    const tools = steps.flatMap(({ tools }) => tools)
    part('tools').replaceChildren(...tools.map(({ name, state, status }) => {
      const line = document.createElement('li')
      const tag = document.createElement('span')
      tag.className = 'tag ' + (state === 'ok' ? 'good' : state === 'error' ? 'bad' : '')
      tag.textContent = WORDS[state]
      line.append(tag, ' ', status || name)
      return line
    }))
  }

  function inWords(turn) {
    const step = turn.steps.at(-1)
    const who = turn.asker.name ? ' for ' + turn.asker.name : ''
    const tool = step && step.tools.find(({ state }) => state === 'intended')
    if (turn.state === 'paused') return 'Turn ' + turn.id + who + ' waiting to go on.'
    if (tool) return 'Turn ' + turn.id + who + ': ' + (tool.status || 'uses ' + tool.name) + '.'
    if (step && step.text && step.state === 'asked') return 'Turn ' + turn.id + who + ' is answering.'
    return 'Turn ' + turn.id + who + ' is at work.'
  }

  // A screen reader says what changes, so only what has changed is set.
  function say(element, text) {
    if (element.textContent !== text) element.textContent = text
  }

  let reading = false, again = false
  async function fresh() {
    if (reading) return again = true
    reading = true
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } })
      if (answer.redirected) return location.reload()
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const now = page.getElementById('fresh'), old = document.getElementById('fresh')
      if (answer.ok && now && old && !old.contains(document.activeElement)) {
        const open = [...old.querySelectorAll('details')].filter(({ open }) => open).map(nameOf)
        old.replaceChildren(...now.childNodes)
        for (const one of old.querySelectorAll('details')) one.open = open.includes(nameOf(one))
      }
    } catch {
    } finally {
      reading = false
      if (again) { again = false; fresh() }
    }
  }

  function nameOf(details) {
    const turn = details.closest('li')
    return (turn ? turn.id : '') + ' ' + [...(turn ?? document).querySelectorAll('details')].indexOf(details)
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) socket?.close()
    else { misses = 0; connect(); fresh() }
  })
  connect()
}
`
