import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** What was asked for, or nothing else; without a wish the usual one, or any that is free. */
export async function choosePort(asked: string | undefined, usual: number) {
  if (!asked) return (await listenAt(usual)) ?? (await freePort())

  const port = Number(asked)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${asked} is no port.`)
  if ((await listenAt(port)) === null) throw new Error(`Port ${port} is taken.`)
  return port
}

/**
 * One that is still free after a restart: systems give connections that go out a port of 32,768 and more,
 * so they take none of these while nobody listens there.
 */
export async function freePort() {
  for (let tries = 0; tries < 100; tries++) {
    const port = await listenAt(randomInt(20_000, 32_768))
    if (port !== null) return port
  }
  throw new Error('There is no free port.')
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
  await new Promise((done) => server.close(done))
  return port
}
