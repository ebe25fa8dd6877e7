import { createServer } from 'node:net'

/** What was asked for, or nothing else; without a wish the usual one, or any that is free. */
export async function choosePort(asked: string | undefined, usual: number) {
  if (!asked) return (await listenAt(usual)) ?? (await freePort())

  const port = Number(asked)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${asked} is no port.`)
  if ((await listenAt(port)) === null) throw new Error(`Port ${port} is taken.`)
  return port
}

export async function freePort() {
  const port = await listenAt(0)
  if (port === null) throw new Error('There is no free port.')
  return port
}

/** The port, given back at once, or null when somebody has it. */
async function listenAt(port: number) {
  const server = createServer()
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail)
      server.listen(port, '127.0.0.1', done)
    })
  } catch {
    return null
  }
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : port
}
