import { exports } from 'cloudflare:workers'

export const HOME = 'https://firekeeper.example.com'

/** As a machine asks: with the token, for JSON. */
export async function ask(path: string, init: RequestInit = {}) {
  const headers = { authorization: 'Bearer letmein', 'content-type': 'application/json' }
  return await exports.default.fetch(`${HOME}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { ...headers, ...init.headers },
  })
}

export async function change(path: string, changes: unknown) {
  return await ask(path, { method: 'PATCH', body: JSON.stringify(changes) })
}

export async function remove(path: string) {
  return await ask(path, { method: 'DELETE' })
}

/** What a browser of the operator shows. */
export async function page(path: string) {
  return await (await ask(path, { headers: { accept: 'text/html' } })).text()
}

/** A cookie, as the sign-in gives it. */
export async function signedIn() {
  const answer = await exports.default.fetch(`${HOME}/sign-in`, {
    method: 'POST',
    headers: { accept: 'text/html', origin: HOME },
    body: new URLSearchParams({ token: 'letmein', to: '/' }),
    redirect: 'manual',
  })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

interface From {
  /** Of the page that the form stood on. */
  origin?: string | undefined
  on?: string
}

/** A form of a page, sent by a browser that is signed in. */
export async function sends(
  path: string,
  fields: Record<string, string>,
  { origin = HOME, on = path }: From = {},
) {
  return await exports.default.fetch(`${HOME}${path}`, {
    method: 'POST',
    headers: { accept: 'text/html', origin, cookie: await signedIn(), referer: `${origin}${on}` },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
}
