/**
 * What the page does: choose, drag or paste; look; send. Plain JavaScript, as it is. An image is made no larger than
 * a model looks at; what the browser cannot read goes as it came. The list of files stands before their bytes.
 */
export const SCRIPT = `
const LONGEST_EDGE = 1568
const LARGE = 1_500_000
const MOST_FILES = 8
const MOST_BYTES = 25_000_000
const byId = (id) => document.getElementById(id)
const drop = byId('drop')
const words = JSON.parse(drop.dataset.words)
const field = document.querySelector('.field')
let files = []
let isAtWork = false
drop.hidden = false

byId('choice').addEventListener('change', (event) => { add(event.target.files); event.target.value = '' })
addEventListener('paste', (event) => add(event.clipboardData?.files ?? []))
addEventListener('dragover', (event) => { event.preventDefault(); field.classList.add('over') })
addEventListener('dragleave', () => field.classList.remove('over'))
addEventListener('drop', (event) => {
  event.preventDefault()
  field.classList.remove('over')
  add(event.dataTransfer?.files ?? [])
})
byId('send').addEventListener('click', send)

async function add(chosen) {
  if (isAtWork || !chosen.length) return
  isAtWork = true
  const ready = []
  for (const file of [...chosen].slice(0, MOST_FILES - files.length)) ready.push(await scaled(file))
  isAtWork = false
  const tooLarge = ready.some(({ blob }) => blob.size > MOST_BYTES)
  files.push(...ready.filter(({ blob }) => blob.size <= MOST_BYTES))
  show()
  say(tooLarge ? 'file' : files.length ? 'ready' : '', tooLarge)
}

/** No larger than a model looks at. */
async function scaled(file) {
  if (!/^image\\//.test(file.type) || /gif|svg/.test(file.type)) return { name: file.name, blob: file }
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height))
    const isFine = scale === 1 && file.size <= LARGE && /png|jpeg|webp/.test(file.type)
    if (isFine) return { name: file.name, blob: file, isImage: true }
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    const paper = canvas.getContext('2d')
    paper.fillStyle = '#fff'
    paper.fillRect(0, 0, canvas.width, canvas.height)
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', .88))
    if (!blob) return { name: file.name, blob: file }
    return { name: file.name.replace(/\\.[^.]*$/, '') + '.jpg', blob, isImage: true }
  } catch {
    return { name: file.name, blob: file }
  }
}

function show() {
  byId('files').replaceChildren(...files.map(({ name, blob, isImage }) => {
    const line = document.createElement('li')
    if (isImage) {
      const image = document.createElement('img')
      image.src = URL.createObjectURL(blob)
      image.alt = ''
      image.onload = () => URL.revokeObjectURL(image.src)
      line.append(image)
    }
    const called = document.createElement('span')
    called.textContent = name
    const size = document.createElement('small')
    size.textContent = sizeOf(blob.size)
    line.append(called, size)
    return line
  }))
  byId('send').disabled = !files.length
}

function sizeOf(bytes) {
  const [amount, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), 'kilobyte'] : [bytes / 1e6, 'megabyte']
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, maximumFractionDigits: 1 }).format(amount)
}

function send() {
  if (isAtWork || !files.length) return
  isAtWork = true
  const list = new TextEncoder().encode(JSON.stringify(files.map(({ name, blob }) => ({ name: name.slice(0, 500), bytes: blob.size }))))
  const head = new DataView(new ArrayBuffer(4))
  head.setUint32(0, list.length)
  const body = new Blob([head.buffer, list, ...files.map(({ blob }) => blob)])
  const request = new XMLHttpRequest()
  const progress = byId('progress')
  progress.hidden = false
  progress.value = 0
  byId('send').disabled = true
  say('sending')
  request.upload.onprogress = ({ loaded, total }) => { progress.value = total ? loaded / total : 0 }
  request.onloadend = () => ended(stateIn(request))
  request.open('POST', location.href)
  request.setRequestHeader('Content-Type', 'application/octet-stream')
  request.send(body)
}

function stateIn(request) {
  try { return JSON.parse(request.responseText).state } catch { return 'broken' }
}

/** What broke off can be sent again; with anything else this page is over. */
function ended(state) {
  isAtWork = false
  byId('progress').hidden = true
  say(state, state !== 'done')
  if (['broken', 'file', 'room', 'files'].includes(state)) {
    byId('send').disabled = state === 'file' || state === 'files'
    return
  }
  isAtWork = true
  byId('choice').disabled = true
  field.hidden = true
  byId('send').hidden = true
}

function say(state, isBad = false) {
  const place = byId('state')
  place.textContent = words[state] ?? (state && words.broken) ?? ''
  place.className = 'state ' + (isBad ? 'bad' : state === 'done' ? 'good' : '')
}
`
