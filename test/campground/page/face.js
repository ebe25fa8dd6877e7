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
  return second ? first.charAt(0) + second.charAt(0) : first.slice(0, 2)
}
