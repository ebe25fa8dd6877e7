import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { languageAmong, WORDS, type Words } from './words.ts'

export const ASSETS = new Map([
  ['page.css', { type: 'text/css; charset=utf-8', text: STYLE }],
  ['page.js', { type: 'text/javascript; charset=utf-8', text: SCRIPT }],
])

interface About {
  state: 'open' | 'used' | 'over'
  asker: string
  room: string | null
  bot: string
  language: string
}

/** For a phone first. Null: it is no link of ours, and nothing more is said of it. */
export function pageOf(about: About | null, accepted: string) {
  const language = languageAmong(about?.language ?? '', accepted)
  const words = WORDS[language]
  const isOpen = about?.state === 'open'
  const inside = isOpen
    ? formOf(about, words)
    : `<p class="state bad" role="status">${escaped(about?.state === 'used' ? words.used : words.over)}</p>`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(words.title)}</title>
<link rel="stylesheet" href="page.css">
${isOpen ? '<script src="page.js" defer></script>' : ''}
</head>
<body>
<main>
<h1>${escaped(words.title)}</h1>
${inside}
</main>
</body>
</html>`
}

function formOf({ asker, room, bot }: About, words: Words) {
  const said = JSON.stringify(words.states)
  return `<p class="asker">${escaped(words.whom(asker, bot, room))}</p>
<noscript><p class="state bad">${escaped(words.script)}</p></noscript>
<div id="drop" data-words="${escaped(said)}" hidden>
<input id="choice" type="file" multiple>
<label for="choice" class="field">
<svg viewBox="0 0 24 24" width="40" height="40" aria-hidden="true"><path d="M12 15V4m0 0L8 8m4-4 4 4M5 15v4h14v-4" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>
<strong>${escaped(words.choose)}</strong>
<span>${escaped(words.orDrop)}</span>
</label>
<ul id="files" aria-label="${escaped(words.files)}"></ul>
<progress id="progress" max="1" value="0" aria-label="${escaped(words.states.sending)}" hidden></progress>
<button id="send" type="button" disabled>${escaped(words.send)}</button>
<p id="state" class="state" role="status" aria-live="polite"></p>
<p class="soft">${escaped(words.limits)}</p>
</div>`
}

function escaped(text: string) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
