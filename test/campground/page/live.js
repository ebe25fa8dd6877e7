/** Hears of every change while the page is open; each time it begins, the whole state is read. */
export function listen({ hear, began, online }) {
  const address = new URL('/api/live', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  connect(0)

  function connect(attempt) {
    const socket = new WebSocket(address)
    let opened = false
    socket.addEventListener('open', () => {
      opened = true
      online(true)
      began()
    })
    socket.addEventListener('message', ({ data }) => hear(JSON.parse(data)))
    socket.addEventListener('close', () => {
      online(false)
      const next = opened ? 0 : attempt + 1
      setTimeout(() => connect(next), Math.min(5000, 250 * 2 ** next))
    })
  }
}
