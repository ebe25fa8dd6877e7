import { ask, list } from '../../src/tools/mcp/ask.ts'
import { Server } from '../../src/tools/mcp/server.ts'
import { type Begun, beginSignIn, finishSignIn } from '../../src/tools/mcp/sign-in.ts'

export interface Wish {
  server: { name: string; url: string; auth?: 'oauth' }
  /** Where people come back to. */
  signIn?: { redirect: string; state: string }
  /** They are back. */
  signedIn?: { begun: Begun; code: string }
  token?: string | null
  /** Null: what is there? */
  use: { tool: string; input: Record<string, unknown> } | null
  /** As it was spoken to before. */
  prior: unknown
}

export interface Told {
  found?: unknown
  failed?: string
  requests: number
}

/** Our side of MCP as it is in the Worker, for whoever wants to try a server on it. */
export default {
  async fetch(request: Request) {
    const { server, use, prior, signIn, signedIn, token = null }: Wish = await request.json()
    let requests = 0
    const counting: typeof fetch = (...asked) => {
      requests++
      return fetch(...asked)
    }
    const line = { fetch: counting, token, prior, signal: request.signal, timeout: 10_000 }
    const known = Server.parse(server)
    const told = (what: Omit<Told, 'requests'>) => Response.json({ ...what, requests })
    const home = { fetch: counting, home: 'http://127.0.0.1' }
    try {
      if (signIn)
        return told({
          found: await beginSignIn(known, { ...home, ...signIn, known: null, secret: null }),
        })
      if (signedIn) {
        const { begun, code } = signedIn
        const back = { ...home, code, iss: null }
        return told({ found: await finishSignIn(known, begun, back) })
      }
      return told({ found: use ? await ask(known, use, line) : await list(known, line) })
    } catch (error) {
      return told({ failed: String(error) })
    }
  },
}
