import type { Child } from 'hono/jsx'
import { DONE } from './done.ts'

export interface Around {
  path: string
  version: string
  /** What was just done: a word of `DONE`. */
  done: string | null
}

const PLACES = [
  ['/', 'Now'],
  ['/rooms', 'Rooms'],
  ['/bots', 'Bots'],
  ['/costs', 'Costs'],
  ['/kept', 'Kept'],
  ['/status', 'Health'],
] as const

const OF_HEALTH = ['/doctor', '/acts']

interface Props {
  title: string
  around: Around
  /** Shown to everybody: without the ways to what is closed. */
  isOpen: boolean
  addressOf: (asset: string) => string
  children: Child
}

export function Shell({ title, around, isOpen, addressOf, children }: Props) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Firekeeper`}</title>
        <link rel="stylesheet" href={addressOf('style.css')} />
        <link rel="icon" href={FLAME} />
        <script src={addressOf('page.js')} defer></script>
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header>
          <a class="brand" href="/">
            <Flame /> Firekeeper
          </a>
          {!isOpen && <Navigation path={around.path} />}
        </header>
        <main id="content" tabindex={-1}>
          <Notice done={around.done} />
          {children}
        </main>
        <footer>
          <span>Firekeeper {around.version}</span>
          {!isOpen && (
            <form method="post" action="/sign-out">
              <button type="submit" class="plain">
                Sign out
              </button>
            </form>
          )}
        </footer>
      </body>
    </html>
  )
}

function Navigation({ path }: { path: string }) {
  return (
    <nav aria-label="Pages">
      {PLACES.map(([to, name]) => (
        <a href={to} {...(isWithin(path, to) && { 'aria-current': 'page' })}>
          {name}
        </a>
      ))}
    </nav>
  )
}

function isWithin(path: string, place: string) {
  const at = OF_HEALTH.includes(path) ? '/status' : path
  return at === place || (place !== '/' && at.startsWith(`${place}/`))
}

function Notice({ done }: { done: string | null }) {
  const said = done === null ? undefined : DONE.get(done)
  return said ? (
    <p class="notice" role="status">
      {said}
    </p>
  ) : null
}

function Flame() {
  return (
    <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
      <path fill="currentColor" d={FLAME_PATH} />
    </svg>
  )
}

const FLAME_PATH =
  'M12 2c1 3.5-1 5-2.4 6.8C8 10.700 7 12.300 7 15a5 5 0 0 0 10 0c0-1.700-.7-3-1.400-4.100-.4 1-1 1.700-1.900 2.100.6-3.500-.2-7.600-1.700-11zM4.500 21.500h15v1.500h-15z'
const FLAME = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#c2410c" d="${FLAME_PATH}"/></svg>`,
)}`
