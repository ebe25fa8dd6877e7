import { page } from './pages.ts'

/** Words that a firewall takes for an attack, in whatever answer they stand. It is never mended. */
export const DISLIKED = '1 UNION SELECT password FROM users'

/** It reads what is sent to be shown to people. Null: it lets it through. */
export async function refusedFor(request: Request): Promise<Response | null> {
  if (request.method !== 'POST' && request.method !== 'PATCH') return null
  const isDisliked = (await request.clone().text()).includes(DISLIKED)
  return isDisliked ? page(403, '403 Forbidden', { server: 'cloudflare' }) : null
}
