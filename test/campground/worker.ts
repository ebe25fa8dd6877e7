import type { Town, TownEnv } from './town.ts'

export { Town } from './town.ts'

// A Campfire without sign-in: it talks to this machine alone, and to no page but its own.
export default {
  fetch(request: Request, env: TownEnv & { TOWN: DurableObjectNamespace<Town> }) {
    const { hostname, origin } = new URL(request.url)
    const asker = request.headers.get('origin') ?? origin
    if (!LOCAL.has(hostname) || asker !== origin) return new Response(null, { status: 403 })
    return env.TOWN.getByName('town').fetch(request)
  },
}

const LOCAL = new Set(['127.0.0.1', 'localhost', '[::1]'])
