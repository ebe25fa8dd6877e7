import { type Finding, missingIn } from '../doctor.ts'

/** `GET /` of a Worker that nobody has set up: what is missing, and how to set it. It names settings, never values. */
export function welcomeTo(env: Env, where: { isLocal: boolean }) {
  const missing = missingIn(env, where)
  return missing.length ? page('Firekeeper is here. It is not set up yet.', steps(missing)) : null
}

function steps(missing: Finding[]) {
  const items = missing.map(({ about, says, todo = '' }) => {
    const byHand = todo.replace(/^.*By hand: (.)/, (_, first) => first.toUpperCase())
    return `<li><p><strong><code>${escaped(about)}</code></strong> ${escaped(says)}</p><p>${escaped(byHand).replace(COMMANDS, '<code>$&</code>')}</p></li>`
  })
  return `<p>In the folder of the repository, on your own machine, this asks for all that is missing, and sets it:</p>
<pre>npm ci
npm run setup</pre>
<p>Or by hand, ${missing.length === 1 ? 'one setting' : `${missing.length} settings`}:</p>
<ul>${items.join('\n')}</ul>
<p>In Cloudflare's dashboard you find them under Workers &amp; Pages, this Worker, Settings, Variables and Secrets.
When all are there, this page goes away, and <code>npm run doctor</code> tells whether they are right.</p>`
}

/** Typed as they are, so they look like it. */
const COMMANDS = /npx wrangler secret put \w+|openssl rand -hex \d+|\[vars\]|wrangler\.toml/g

function page(title: string, content: string) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
:root { color-scheme: light dark; background: light-dark(#faf7f2, #171412); color: light-dark(#24201c, #f1ebe3) }
body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 42rem; margin: 8vh auto; padding: 0 1.5rem }
h1 { font-size: 1.7rem; line-height: 1.2; letter-spacing: -.02em } p { margin: .4rem 0 }
ul { list-style: none; padding: 0 } li { margin: 1.2rem 0; overflow-wrap: anywhere }
code, pre { font: .95em ui-monospace, monospace }
pre { background: light-dark(#fff, #211d1a); padding: 1rem 1.2rem; border: 1px solid light-dark(#e4dcd1, #3a332d); border-radius: .9rem; margin: 1rem 0 1.5rem }
</style>
<h1>${title}</h1>
${content}
</html>
`
}

/** Nothing of a style or a script from anywhere else, and no frame around it. */
export const WELCOME_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
}

function escaped(text: string) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
