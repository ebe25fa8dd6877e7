import { type Finding, missingIn } from '../doctor.ts'

/** `GET /` of a Worker that nobody has set up: what is missing, and how to set it. It names settings, never values. */
export function welcomeTo(env: Env, where: { isLocal: boolean }) {
  const missing = missingIn(env, where)
  return missing.length ? page('Firekeeper is here. It is not set up yet.', steps(missing)) : null
}

function steps(missing: Finding[]) {
  const items = missing.map(({ about, says, todo = '' }) => {
    return `<li><p><code>${escaped(about)}</code> ${escaped(says)}</p><p>${escaped(todo)}</p></li>`
  })
  return `<p>${missing.length === 1 ? 'One setting is' : `${missing.length} settings are`} missing:</p>
<ol>${items.join('\n')}</ol>
<p>In the folder of the repository, on your own machine:</p>
<pre>npm ci
npm run setup</pre>
<p>In Cloudflare's dashboard you find them under Workers &amp; Pages, this Worker, Settings, Variables and Secrets.
When all are there, this page goes away, and <code>npm run doctor</code> tells whether they are right.</p>`
}

function page(title: string, content: string) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
:root { color-scheme: light dark }
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 10vh auto; padding: 0 1.5rem }
h1 { font-size: 1.5rem } p { margin: .4rem 0 } li { margin: 1.2rem 0 }
code, pre { font: .95em ui-monospace, monospace } pre { padding: 1rem; border: 1px solid; border-radius: .5rem }
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
