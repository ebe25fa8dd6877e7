var l=`
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
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte']
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
`;var d=`
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf7f2, #171412);
  --card: light-dark(#fff, #211d1a);
  --ink: light-dark(#24201c, #f1ebe3);
  --soft: light-dark(#635a51, #b5aa9d);
  --line: light-dark(#8d8378, #85796d);
  --fire: light-dark(#b23a0b, #ff9b5e);
  --glow: light-dark(#fdeee3, #3b2516);
  --good: light-dark(#1f6b3a, #7fd79c);
  --bad: light-dark(#a3161b, #ff9a94);
}
* { box-sizing: border-box }
[hidden] { display: none !important }
html { font: 1.05rem/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; background: var(--paper); color: var(--ink) }
body { margin: 0; min-height: 100vh; display: grid; align-items: start; justify-items: center; padding: 1.5rem 1rem }
main { width: 100%; max-width: 34rem }
h1 { font-size: 1.6rem; line-height: 1.2; letter-spacing: -.02em; margin: .5rem 0 .7rem }
.whom { margin: 0 0 1.3rem; overflow-wrap: anywhere }
.soft { color: var(--soft); font-size: .9rem }
#choice { position: absolute; opacity: 0; width: 1px; height: 1px }
.field { display: grid; justify-items: center; gap: .3rem; text-align: center; padding: 2rem 1rem; background: var(--card); border: 2px dashed var(--line); border-radius: 1.1rem; cursor: pointer }
.field svg { color: var(--fire) }
.field span { color: var(--soft); font-size: .92rem }
.field.over { background: var(--glow); border-color: var(--fire) }
#choice:focus-visible + .field, button:focus-visible { outline: 3px solid var(--fire); outline-offset: 3px }
ul { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: .6rem }
li { display: flex; align-items: center; gap: .8rem; background: var(--card); border-radius: .8rem; padding: .6rem .8rem; min-width: 0 }
li img { width: 3.4rem; height: 3.4rem; object-fit: cover; border-radius: .5rem; flex: none }
li span { flex: 1; min-width: 0; overflow-wrap: anywhere }
li small { color: var(--soft); white-space: nowrap }
button { font: inherit; font-weight: 650; min-height: 3.2rem; width: 100%; color: light-dark(#fff, #1f1109); background: var(--fire); border: 0; border-radius: 2rem; cursor: pointer }
button:disabled { color: var(--soft); background: light-dark(#e9e1d6, #2c2723); cursor: default }
progress { width: 100%; height: .8rem; accent-color: var(--fire); margin-bottom: .8rem }
.state { font-weight: 600; min-height: 1.5em; overflow-wrap: anywhere }
.good { color: var(--good) }
.bad { color: var(--bad) }
`;var p=i({title:"Drop a file",whom:(t,a,e)=>`For ${t}, who asked ${a}${e?` in \u201C${e}\u201D`:""}.`,choose:"Choose files",orDrop:"or drag them here, or paste",files:"Files to send",send:"Send",limits:"Up to 8 files of 25 MB each. Everyone in the room can ask about them.",script:"This page needs JavaScript to send files.",used:"Something has already come through this link. Ask again for a new one.",over:"This link is no longer open. Ask again for a new one.",states:{ready:"Ready to send.",sending:"Sending\u2026",done:"It\u2019s there. You can close this page: the answer comes in the room.",broken:"That did not go through. Please try again.",file:"A file may have at most 25 MB.",room:"This room already keeps 200 MB of files. Ask the bot to delete some first.",files:"This room already keeps 100 files. Ask the bot to delete some first."}}),g=i({title:"Datei ablegen",whom:(t,a,e)=>`F\xFCr ${t}, die Frage ging an ${a}${e?` in \u201E${e}\u201C`:""}.`,choose:"Dateien ausw\xE4hlen",orDrop:"oder hierher ziehen, oder einf\xFCgen",files:"Dateien zum Senden",send:"Senden",limits:"Bis zu 8 Dateien mit je h\xF6chstens 25 MB. Alle im Raum k\xF6nnen danach fragen.",script:"Ohne JavaScript kann diese Seite nichts senden.",used:"\xDCber diesen Link ist schon etwas gekommen. Frag noch einmal, dann gibt es einen neuen.",over:"Dieser Link ist nicht mehr offen. Frag noch einmal, dann gibt es einen neuen.",states:{ready:"Bereit zum Senden.",sending:"Wird gesendet\u2026",done:"Ist angekommen. Du kannst die Seite schlie\xDFen: Die Antwort kommt im Raum.",broken:"Das hat nicht geklappt. Bitte versuch es noch einmal.",file:"Eine Datei darf h\xF6chstens 25 MB haben.",room:"In diesem Raum liegen schon 200 MB an Dateien. Lass den Bot erst welche l\xF6schen.",files:"In diesem Raum liegen schon 100 Dateien. Lass den Bot erst welche l\xF6schen."}}),m=i({title:"Dejar un archivo",whom:(t,a,e)=>`Para ${t}, que pregunt\xF3 a ${a}${e?` en \xAB${e}\xBB`:""}.`,choose:"Elegir archivos",orDrop:"o arr\xE1stralos aqu\xED, o p\xE9galos",files:"Archivos para enviar",send:"Enviar",limits:"Hasta 8 archivos de 25 MB cada uno. Todos en la sala pueden preguntar por ellos.",script:"Esta p\xE1gina necesita JavaScript para enviar archivos.",used:"Ya lleg\xF3 algo por este enlace. Pide uno nuevo.",over:"Este enlace ya no est\xE1 abierto. Pide uno nuevo.",states:{ready:"Listo para enviar.",sending:"Enviando\u2026",done:"Ya lleg\xF3. Puedes cerrar esta p\xE1gina: la respuesta aparece en la sala.",broken:"No se pudo enviar. Int\xE9ntalo de nuevo.",file:"Un archivo puede tener como m\xE1ximo 25 MB.",room:"Esta sala ya guarda 200 MB de archivos. Pide al bot que borre algunos antes.",files:"Esta sala ya guarda 100 archivos. Pide al bot que borre algunos antes."}}),h=i({title:"D\xE9poser un fichier",whom:(t,a,e)=>`Pour ${t}, qui a interrog\xE9 ${a}${e?` dans \xAB ${e} \xBB`:""}.`,choose:"Choisir des fichiers",orDrop:"ou glissez-les ici, ou collez-les",files:"Fichiers \xE0 envoyer",send:"Envoyer",limits:"Jusqu\u2019\xE0 8 fichiers de 25 Mo chacun. Tout le salon peut poser des questions \xE0 leur sujet.",script:"Cette page a besoin de JavaScript pour envoyer des fichiers.",used:"Quelque chose est d\xE9j\xE0 arriv\xE9 par ce lien. Demandez-en un nouveau.",over:"Ce lien n\u2019est plus ouvert. Demandez-en un nouveau.",states:{ready:"Pr\xEAt \xE0 envoyer.",sending:"Envoi en cours\u2026",done:"C\u2019est arriv\xE9. Vous pouvez fermer cette page : la r\xE9ponse vient dans le salon.",broken:"L\u2019envoi n\u2019a pas abouti. Veuillez r\xE9essayer.",file:"Un fichier peut faire au plus 25 Mo.",room:"Ce salon garde d\xE9j\xE0 200 Mo de fichiers. Demandez d\u2019abord au bot d\u2019en supprimer.",files:"Ce salon garde d\xE9j\xE0 100 fichiers. Demandez d\u2019abord au bot d\u2019en supprimer."}}),f=i({title:"Lascia un file",whom:(t,a,e)=>`Per ${t}, che ha chiesto a ${a}${e?` in \u201C${e}\u201D`:""}.`,choose:"Scegli i file",orDrop:"oppure trascinali qui, o incollali",files:"File da inviare",send:"Invia",limits:"Fino a 8 file da 25 MB ciascuno. Tutti nella stanza possono chiedere che cosa contengono.",script:"Questa pagina ha bisogno di JavaScript per inviare i file.",used:"Da questo link \xE8 gi\xE0 arrivato qualcosa. Chiedine uno nuovo.",over:"Questo link non \xE8 pi\xF9 aperto. Chiedine uno nuovo.",states:{ready:"Pronto per l\u2019invio.",sending:"Invio in corso\u2026",done:"\xC8 arrivato. Puoi chiudere la pagina: la risposta arriva nella stanza.",broken:"L\u2019invio non \xE8 riuscito. Riprova.",file:"Un file pu\xF2 avere al massimo 25 MB.",room:"Questa stanza conserva gi\xE0 200 MB di file. Chiedi prima al bot di cancellarne qualcuno.",files:"Questa stanza conserva gi\xE0 100 file. Chiedi prima al bot di cancellarne qualcuno."}}),v=i({title:"\u30D5\u30A1\u30A4\u30EB\u3092\u6E21\u3059",whom:(t,a,e)=>`${e?`\u300C${e}\u300D\u3067`:""}${a}\u306B\u8CEA\u554F\u3057\u305F${t}\u3055\u3093\u306E\u305F\u3081\u306E\u30DA\u30FC\u30B8\u3067\u3059\u3002`,choose:"\u30D5\u30A1\u30A4\u30EB\u3092\u9078\u3076",orDrop:"\u3053\u3053\u306B\u30C9\u30E9\u30C3\u30B0\u3059\u308B\u304B\u3001\u8CBC\u308A\u4ED8\u3051\u308B\u3053\u3068\u3082\u3067\u304D\u307E\u3059",files:"\u9001\u308B\u30D5\u30A1\u30A4\u30EB",send:"\u9001\u4FE1",limits:"1\u306425 MB\u307E\u3067\u30018\u3064\u307E\u3067\u9001\u308C\u307E\u3059\u3002\u30EB\u30FC\u30E0\u306E\u5168\u54E1\u304C\u305D\u306E\u5185\u5BB9\u306B\u3064\u3044\u3066\u8CEA\u554F\u3067\u304D\u307E\u3059\u3002",script:"\u30D5\u30A1\u30A4\u30EB\u3092\u9001\u308B\u306B\u306FJavaScript\u304C\u5FC5\u8981\u3067\u3059\u3002",used:"\u3053\u306E\u30EA\u30F3\u30AF\u304B\u3089\u306F\u3059\u3067\u306B\u30D5\u30A1\u30A4\u30EB\u304C\u5C4A\u3044\u3066\u3044\u307E\u3059\u3002\u65B0\u3057\u3044\u30EA\u30F3\u30AF\u3092\u983C\u3093\u3067\u304F\u3060\u3055\u3044\u3002",over:"\u3053\u306E\u30EA\u30F3\u30AF\u306F\u3082\u3046\u4F7F\u3048\u307E\u305B\u3093\u3002\u65B0\u3057\u3044\u30EA\u30F3\u30AF\u3092\u983C\u3093\u3067\u304F\u3060\u3055\u3044\u3002",states:{ready:"\u9001\u4FE1\u3067\u304D\u307E\u3059\u3002",sending:"\u9001\u4FE1\u4E2D\u2026",done:"\u5C4A\u304D\u307E\u3057\u305F\u3002\u3053\u306E\u30DA\u30FC\u30B8\u306F\u9589\u3058\u3066\u304B\u307E\u3044\u307E\u305B\u3093\u3002\u8FD4\u4E8B\u306F\u30EB\u30FC\u30E0\u306B\u5C4A\u304D\u307E\u3059\u3002",broken:"\u9001\u4FE1\u3067\u304D\u307E\u305B\u3093\u3067\u3057\u305F\u3002\u3082\u3046\u4E00\u5EA6\u304A\u8A66\u3057\u304F\u3060\u3055\u3044\u3002",file:"\u30D5\u30A1\u30A4\u30EB\u306F25 MB\u307E\u3067\u3067\u3059\u3002",room:"\u3053\u306E\u30EB\u30FC\u30E0\u306B\u306F\u3059\u3067\u306B200 MB\u306E\u30D5\u30A1\u30A4\u30EB\u304C\u3042\u308A\u307E\u3059\u3002\u5148\u306B\u30DC\u30C3\u30C8\u306B\u3044\u304F\u3064\u304B\u524A\u9664\u3055\u305B\u3066\u304F\u3060\u3055\u3044\u3002",files:"\u3053\u306E\u30EB\u30FC\u30E0\u306B\u306F\u3059\u3067\u306B100\u500B\u306E\u30D5\u30A1\u30A4\u30EB\u304C\u3042\u308A\u307E\u3059\u3002\u5148\u306B\u30DC\u30C3\u30C8\u306B\u3044\u304F\u3064\u304B\u524A\u9664\u3055\u305B\u3066\u304F\u3060\u3055\u3044\u3002"}}),b=i({title:"Bestand afgeven",whom:(t,a,e)=>`Voor ${t}, met een vraag aan ${a}${e?` in \u201C${e}\u201D`:""}.`,choose:"Bestanden kiezen",orDrop:"of sleep ze hierheen, of plak ze",files:"Bestanden om te versturen",send:"Versturen",limits:"Tot 8 bestanden van elk 25 MB. Iedereen in de kamer kan ernaar vragen.",script:"Deze pagina heeft JavaScript nodig om bestanden te versturen.",used:"Via deze link is al iets binnengekomen. Vraag om een nieuwe.",over:"Deze link is niet meer open. Vraag om een nieuwe.",states:{ready:"Klaar om te versturen.",sending:"Wordt verstuurd\u2026",done:"Het is er. Je kunt deze pagina sluiten: het antwoord komt in de kamer.",broken:"Dat is niet gelukt. Probeer het nog eens.",file:"Een bestand mag hoogstens 25 MB zijn.",room:"In deze kamer staat al 200 MB aan bestanden. Laat de bot er eerst een paar verwijderen.",files:"In deze kamer staan al 100 bestanden. Laat de bot er eerst een paar verwijderen."}}),y=i({title:"Deixar um arquivo",whom:(t,a,e)=>`Para ${t}, que perguntou a ${a}${e?` em \u201C${e}\u201D`:""}.`,choose:"Escolher arquivos",orDrop:"ou arraste para c\xE1, ou cole",files:"Arquivos para enviar",send:"Enviar",limits:"At\xE9 8 arquivos de 25 MB cada. Todos na sala podem perguntar sobre eles.",script:"Esta p\xE1gina precisa de JavaScript para enviar arquivos.",used:"Algo j\xE1 chegou por este link. Pe\xE7a um novo.",over:"Este link n\xE3o est\xE1 mais aberto. Pe\xE7a um novo.",states:{ready:"Pronto para enviar.",sending:"Enviando\u2026",done:"Chegou. Voc\xEA pode fechar esta p\xE1gina: a resposta vem na sala.",broken:"N\xE3o foi poss\xEDvel enviar. Tente de novo.",file:"Um arquivo pode ter no m\xE1ximo 25 MB.",room:"Esta sala j\xE1 guarda 200 MB de arquivos. Pe\xE7a ao bot que apague alguns antes.",files:"Esta sala j\xE1 guarda 100 arquivos. Pe\xE7a ao bot que apague alguns antes."}}),k=i({title:"\u4E0A\u4F20\u6587\u4EF6",whom:(t,a,e)=>`\u4E3A${t}\u4E0A\u4F20\uFF1A${e?`\u5728\u201C${e}\u201D\u91CC`:""}\u5411${a}\u63D0\u7684\u95EE\u9898\u3002`,choose:"\u9009\u62E9\u6587\u4EF6",orDrop:"\u4E5F\u53EF\u4EE5\u62D6\u5230\u8FD9\u91CC\u6216\u7C98\u8D34",files:"\u8981\u53D1\u9001\u7684\u6587\u4EF6",send:"\u53D1\u9001",limits:"\u6700\u591A 8 \u4E2A\u6587\u4EF6\uFF0C\u6BCF\u4E2A\u4E0D\u8D85\u8FC7 25 MB\u3002\u623F\u95F4\u91CC\u7684\u6240\u6709\u4EBA\u90FD\u53EF\u4EE5\u8BE2\u95EE\u5176\u4E2D\u7684\u5185\u5BB9\u3002",script:"\u6B64\u9875\u9762\u9700\u8981 JavaScript \u624D\u80FD\u53D1\u9001\u6587\u4EF6\u3002",used:"\u5DF2\u7ECF\u6709\u6587\u4EF6\u901A\u8FC7\u8FD9\u4E2A\u94FE\u63A5\u9001\u5230\u4E86\u3002\u8BF7\u518D\u8981\u4E00\u4E2A\u65B0\u7684\u94FE\u63A5\u3002",over:"\u8FD9\u4E2A\u94FE\u63A5\u5DF2\u7ECF\u5931\u6548\u3002\u8BF7\u518D\u8981\u4E00\u4E2A\u65B0\u7684\u94FE\u63A5\u3002",states:{ready:"\u53EF\u4EE5\u53D1\u9001\u4E86\u3002",sending:"\u6B63\u5728\u53D1\u9001\u2026",done:"\u5DF2\u9001\u5230\u3002\u53EF\u4EE5\u5173\u95ED\u6B64\u9875\u9762\uFF0C\u56DE\u7B54\u4F1A\u51FA\u73B0\u5728\u623F\u95F4\u91CC\u3002",broken:"\u6CA1\u6709\u53D1\u9001\u6210\u529F\uFF0C\u8BF7\u518D\u8BD5\u4E00\u6B21\u3002",file:"\u5355\u4E2A\u6587\u4EF6\u4E0D\u80FD\u8D85\u8FC7 25 MB\u3002",room:"\u8FD9\u4E2A\u623F\u95F4\u5DF2\u7ECF\u5B58\u4E86 200 MB \u7684\u6587\u4EF6\u3002\u8BF7\u5148\u8BA9\u673A\u5668\u4EBA\u5220\u9664\u4E00\u4E9B\u3002",files:"\u8FD9\u4E2A\u623F\u95F4\u5DF2\u7ECF\u5B58\u4E86 100 \u4E2A\u6587\u4EF6\u3002\u8BF7\u5148\u8BA9\u673A\u5668\u4EBA\u5220\u9664\u4E00\u4E9B\u3002"}}),o={en:p,de:g,es:m,fr:h,it:f,ja:v,nl:b,pt:y,zh:k};function c(t,a){return[t,...a.split(",").map(n=>n.trim().slice(0,2).toLowerCase())].find(n=>Object.hasOwn(o,n))??"en"}function i({states:t,...a}){return{...a,states:{...t,used:a.used,over:a.over}}}var z=new Map([["page.css",{type:"text/css; charset=utf-8",text:d}],["page.js",{type:"text/javascript; charset=utf-8",text:l}]]);function I(t,a){let e=c(t?.language??"",a),n=o[e],r=t?.state==="open",u=r?w(t,n):`<p class="state bad" role="status">${s(t?.state==="used"?n.used:n.over)}</p>`;return`<!doctype html>
<html lang="${e}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${s(n.title)}</title>
<link rel="stylesheet" href="page.css">
${r?'<script src="page.js" defer><\/script>':""}
</head>
<body>
<main>
<h1>${s(n.title)}</h1>
${u}
</main>
</body>
</html>`}function w({asker:t,room:a,bot:e},n){let r=JSON.stringify(n.states);return`<p class="whom">${s(n.whom(t,e,a))}</p>
<noscript><p class="state bad">${s(n.script)}</p></noscript>
<div id="drop" data-words="${s(r)}" hidden>
<input id="choice" type="file" multiple>
<label for="choice" class="field">
<svg viewBox="0 0 24 24" width="40" height="40" aria-hidden="true"><path d="M12 15V4m0 0L8 8m4-4 4 4M5 15v4h14v-4" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>
<strong>${s(n.choose)}</strong>
<span>${s(n.orDrop)}</span>
</label>
<ul id="files" aria-label="${s(n.files)}"></ul>
<progress id="progress" max="1" value="0" aria-label="${s(n.states.sending)}" hidden></progress>
<button id="send" type="button" disabled>${s(n.send)}</button>
<p id="state" class="state" role="status" aria-live="polite"></p>
<p class="soft">${s(n.limits)}</p>
</div>`}function s(t){return t.replace(/[&<>"']/g,a=>`&#${a.charCodeAt(0)};`)}export{z as ASSETS,I as pageOf};
