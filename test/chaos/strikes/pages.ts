/** What answers in Campfire's place: none of it is Campfire's own, and it is over in a while. */
export const PAGES = {
  '403 of a firewall': () => page(403, 'Attention Required!', { server: 'cloudflare' }),
  '401 of a proxy': () =>
    page(401, '401 Authorization Required', { 'www-authenticate': 'Basic realm="Restricted"' }),
  '406 of a firewall': () => page(406, 'Not Acceptable! It was denied by Mod_Security.'),
  '404 of a proxy': () => page(404, '404 Not Found', { server: 'nginx' }),
  '302 to a login': () =>
    page(302, '302 Found', { location: 'https://sso.example.com/login?rd=/' }),
  '503 for maintenance': () => page(503, 'Back in a moment', { 'retry-after': '2' }),
  '200 for maintenance': () => page(200, 'Back in a moment'),
} satisfies Record<string, () => Response>

export type Page = keyof typeof PAGES

export const PAGE_KINDS = Object.keys(PAGES) as Page[]

export function page(status: number, title: string, headers: Record<string, string> = {}) {
  const html = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`
  return new Response(html, { status, headers: { 'content-type': 'text/html', ...headers } })
}
