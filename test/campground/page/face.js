/** Initials on a colour that is always the same for the same person. */
export function face({ id, name, role }) {
  const circle = document.createElement('span')
  circle.className = role === 'bot' ? 'face face--bot' : 'face'
  circle.style.setProperty('--hue', String((id * 137 + 20) % 360))
  circle.setAttribute('aria-hidden', 'true')
  circle.textContent = initialsOf(name)
  return circle
}

function initialsOf(name) {
  const [first = '', second] = name.trim().split(/\s+/)
  return second ? firstOf(first, 1) + firstOf(second, 1) : firstOf(first, 2)
}

// An emoji, and many a letter, is more than one character to JavaScript.
function firstOf(word, count) {
  return [...letters.segment(word)]
    .slice(0, count)
    .map(({ segment }) => segment)
    .join('')
}

const letters = new Intl.Segmenter()
