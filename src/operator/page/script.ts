/**
 * What the pages do beyond links and forms; everything works without it. No build step, so plain
 * JavaScript: `data-refresh="5"` is fetched anew every five seconds while somebody looks, `data-confirm`
 * asks before its form is sent, `data-copy` puts its text on the clipboard.
 */
export const SCRIPT = `
for (const part of document.querySelectorAll('[data-refresh]')) refresh(part.id, Number(part.dataset.refresh) * 1000)

async function refresh(id, ms) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ms))
    const part = document.getElementById(id)
    if (document.hidden || !part || part.contains(document.activeElement)) continue
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } })
      if (answer.redirected) return location.reload()
      if (!answer.ok) continue
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.getElementById(id)
      if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes)
      document.body.classList.remove('offline')
    } catch {
      document.body.classList.add('offline')
    }
  }
}

// A page that the browser brings back as it was may be of somebody who has signed out since.
addEventListener('pageshow', (event) => event.persisted && location.reload())

document.addEventListener('submit', (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm
  if (question && !confirm(question)) event.preventDefault()
})

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy]')
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.copy)
  const before = button.textContent
  button.textContent = 'Copied'
  setTimeout(() => { button.textContent = before }, 2000)
})
`
