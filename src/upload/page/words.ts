import type { InEach, Language } from '../../languages.ts'

export interface Words {
  title: string
  /** For whom it is, with which bot, and where; a direct conversation has no name. */
  whom: (asker: string, bot: string, room: string | null) => string
  choose: string
  orDrop: string
  files: string
  send: string
  limits: string
  script: string
  used: string
  over: string
  states: Record<
    'ready' | 'sending' | 'done' | 'broken' | 'file' | 'room' | 'files' | 'used' | 'over',
    string
  >
}

const en = words({
  title: 'Drop a file',
  whom: (asker, bot, room) => `For ${asker}, who asked ${bot}${room ? ` in “${room}”` : ''}.`,
  choose: 'Choose files',
  orDrop: 'or drag them here, or paste',
  files: 'Files to send',
  send: 'Send',
  limits: 'Up to 8 files of 25 MB each. Everyone in the room can ask about them.',
  script: 'This page needs JavaScript to send files.',
  used: 'Something has already come through this link. Ask again for a new one.',
  over: 'This link is no longer open. Ask again for a new one.',
  states: {
    ready: 'Ready to send.',
    sending: 'Sending…',
    done: 'It’s there. You can close this page: the answer comes in the room.',
    broken: 'That did not go through. Please try again.',
    file: 'A file may have at most 25 MB.',
    room: 'This room already keeps 200 MB of files. Ask the bot to delete some first.',
    files: 'This room already keeps 100 files. Ask the bot to delete some first.',
  },
})
const de = words({
  title: 'Datei ablegen',
  whom: (asker, bot, room) =>
    `Für ${asker}, die Frage ging an ${bot}${room ? ` in „${room}“` : ''}.`,
  choose: 'Dateien auswählen',
  orDrop: 'oder hierher ziehen, oder einfügen',
  files: 'Dateien zum Senden',
  send: 'Senden',
  limits: 'Bis zu 8 Dateien mit je höchstens 25 MB. Alle im Raum können danach fragen.',
  script: 'Ohne JavaScript kann diese Seite nichts senden.',
  used: 'Über diesen Link ist schon etwas gekommen. Frag noch einmal, dann gibt es einen neuen.',
  over: 'Dieser Link ist nicht mehr offen. Frag noch einmal, dann gibt es einen neuen.',
  states: {
    ready: 'Bereit zum Senden.',
    sending: 'Wird gesendet…',
    done: 'Ist angekommen. Du kannst die Seite schließen: Die Antwort kommt im Raum.',
    broken: 'Das hat nicht geklappt. Bitte versuch es noch einmal.',
    file: 'Eine Datei darf höchstens 25 MB haben.',
    room: 'In diesem Raum liegen schon 200 MB an Dateien. Lass den Bot erst welche löschen.',
    files: 'In diesem Raum liegen schon 100 Dateien. Lass den Bot erst welche löschen.',
  },
})
const es = words({
  title: 'Dejar un archivo',
  whom: (asker, bot, room) => `Para ${asker}, que preguntó a ${bot}${room ? ` en «${room}»` : ''}.`,
  choose: 'Elegir archivos',
  orDrop: 'o arrástralos aquí, o pégalos',
  files: 'Archivos para enviar',
  send: 'Enviar',
  limits: 'Hasta 8 archivos de 25 MB cada uno. Todos en la sala pueden preguntar por ellos.',
  script: 'Esta página necesita JavaScript para enviar archivos.',
  used: 'Ya llegó algo por este enlace. Pide uno nuevo.',
  over: 'Este enlace ya no está abierto. Pide uno nuevo.',
  states: {
    ready: 'Listo para enviar.',
    sending: 'Enviando…',
    done: 'Ya llegó. Puedes cerrar esta página: la respuesta aparece en la sala.',
    broken: 'No se pudo enviar. Inténtalo de nuevo.',
    file: 'Un archivo puede tener como máximo 25 MB.',
    room: 'Esta sala ya guarda 200 MB de archivos. Pide al bot que borre algunos antes.',
    files: 'Esta sala ya guarda 100 archivos. Pide al bot que borre algunos antes.',
  },
})
const fr = words({
  title: 'Déposer un fichier',
  whom: (asker, bot, room) =>
    `Pour ${asker}, qui a interrogé ${bot}${room ? ` dans « ${room} »` : ''}.`,
  choose: 'Choisir des fichiers',
  orDrop: 'ou glissez-les ici, ou collez-les',
  files: 'Fichiers à envoyer',
  send: 'Envoyer',
  limits:
    'Jusqu’à 8 fichiers de 25 Mo chacun. Tout le salon peut poser des questions à leur sujet.',
  script: 'Cette page a besoin de JavaScript pour envoyer des fichiers.',
  used: 'Quelque chose est déjà arrivé par ce lien. Demandez-en un nouveau.',
  over: 'Ce lien n’est plus ouvert. Demandez-en un nouveau.',
  states: {
    ready: 'Prêt à envoyer.',
    sending: 'Envoi en cours…',
    done: 'C’est arrivé. Vous pouvez fermer cette page : la réponse vient dans le salon.',
    broken: 'L’envoi n’a pas abouti. Veuillez réessayer.',
    file: 'Un fichier peut faire au plus 25 Mo.',
    room: 'Ce salon garde déjà 200 Mo de fichiers. Demandez d’abord au bot d’en supprimer.',
    files: 'Ce salon garde déjà 100 fichiers. Demandez d’abord au bot d’en supprimer.',
  },
})
const it = words({
  title: 'Lascia un file',
  whom: (asker, bot, room) =>
    `Per ${asker}, che ha chiesto a ${bot}${room ? ` in “${room}”` : ''}.`,
  choose: 'Scegli i file',
  orDrop: 'oppure trascinali qui, o incollali',
  files: 'File da inviare',
  send: 'Invia',
  limits:
    'Fino a 8 file da 25 MB ciascuno. Tutti nella stanza possono chiedere che cosa contengono.',
  script: 'Questa pagina ha bisogno di JavaScript per inviare i file.',
  used: 'Da questo link è già arrivato qualcosa. Chiedine uno nuovo.',
  over: 'Questo link non è più aperto. Chiedine uno nuovo.',
  states: {
    ready: 'Pronto per l’invio.',
    sending: 'Invio in corso…',
    done: 'È arrivato. Puoi chiudere la pagina: la risposta arriva nella stanza.',
    broken: 'L’invio non è riuscito. Riprova.',
    file: 'Un file può avere al massimo 25 MB.',
    room: 'Questa stanza conserva già 200 MB di file. Chiedi prima al bot di cancellarne qualcuno.',
    files: 'Questa stanza conserva già 100 file. Chiedi prima al bot di cancellarne qualcuno.',
  },
})
const ja = words({
  title: 'ファイルを渡す',
  whom: (asker, bot, room) =>
    `${room ? `「${room}」で` : ''}${bot}に質問した${asker}さんのためのページです。`,
  choose: 'ファイルを選ぶ',
  orDrop: 'ここにドラッグするか、貼り付けることもできます',
  files: '送るファイル',
  send: '送信',
  limits: '1つ25 MBまで、8つまで送れます。ルームの全員がその内容について質問できます。',
  script: 'ファイルを送るにはJavaScriptが必要です。',
  used: 'このリンクからはすでにファイルが届いています。新しいリンクを頼んでください。',
  over: 'このリンクはもう使えません。新しいリンクを頼んでください。',
  states: {
    ready: '送信できます。',
    sending: '送信中…',
    done: '届きました。このページは閉じてかまいません。返事はルームに届きます。',
    broken: '送信できませんでした。もう一度お試しください。',
    file: 'ファイルは25 MBまでです。',
    room: 'このルームにはすでに200 MBのファイルがあります。先にボットにいくつか削除させてください。',
    files:
      'このルームにはすでに100個のファイルがあります。先にボットにいくつか削除させてください。',
  },
})
const nl = words({
  title: 'Bestand afgeven',
  whom: (asker, bot, room) =>
    `Voor ${asker}, met een vraag aan ${bot}${room ? ` in “${room}”` : ''}.`,
  choose: 'Bestanden kiezen',
  orDrop: 'of sleep ze hierheen, of plak ze',
  files: 'Bestanden om te versturen',
  send: 'Versturen',
  limits: 'Tot 8 bestanden van elk 25 MB. Iedereen in de kamer kan ernaar vragen.',
  script: 'Deze pagina heeft JavaScript nodig om bestanden te versturen.',
  used: 'Via deze link is al iets binnengekomen. Vraag om een nieuwe.',
  over: 'Deze link is niet meer open. Vraag om een nieuwe.',
  states: {
    ready: 'Klaar om te versturen.',
    sending: 'Wordt verstuurd…',
    done: 'Het is er. Je kunt deze pagina sluiten: het antwoord komt in de kamer.',
    broken: 'Dat is niet gelukt. Probeer het nog eens.',
    file: 'Een bestand mag hoogstens 25 MB zijn.',
    room: 'In deze kamer staat al 200 MB aan bestanden. Laat de bot er eerst een paar verwijderen.',
    files: 'In deze kamer staan al 100 bestanden. Laat de bot er eerst een paar verwijderen.',
  },
})
const pt = words({
  title: 'Deixar um arquivo',
  whom: (asker, bot, room) =>
    `Para ${asker}, que perguntou a ${bot}${room ? ` em “${room}”` : ''}.`,
  choose: 'Escolher arquivos',
  orDrop: 'ou arraste para cá, ou cole',
  files: 'Arquivos para enviar',
  send: 'Enviar',
  limits: 'Até 8 arquivos de 25 MB cada. Todos na sala podem perguntar sobre eles.',
  script: 'Esta página precisa de JavaScript para enviar arquivos.',
  used: 'Algo já chegou por este link. Peça um novo.',
  over: 'Este link não está mais aberto. Peça um novo.',
  states: {
    ready: 'Pronto para enviar.',
    sending: 'Enviando…',
    done: 'Chegou. Você pode fechar esta página: a resposta vem na sala.',
    broken: 'Não foi possível enviar. Tente de novo.',
    file: 'Um arquivo pode ter no máximo 25 MB.',
    room: 'Esta sala já guarda 200 MB de arquivos. Peça ao bot que apague alguns antes.',
    files: 'Esta sala já guarda 100 arquivos. Peça ao bot que apague alguns antes.',
  },
})
const zh = words({
  title: '上传文件',
  whom: (asker, bot, room) => `为${asker}上传：${room ? `在“${room}”里` : ''}向${bot}提的问题。`,
  choose: '选择文件',
  orDrop: '也可以拖到这里或粘贴',
  files: '要发送的文件',
  send: '发送',
  limits: '最多 8 个文件，每个不超过 25 MB。房间里的所有人都可以询问其中的内容。',
  script: '此页面需要 JavaScript 才能发送文件。',
  used: '已经有文件通过这个链接送到了。请再要一个新的链接。',
  over: '这个链接已经失效。请再要一个新的链接。',
  states: {
    ready: '可以发送了。',
    sending: '正在发送…',
    done: '已送到。可以关闭此页面，回答会出现在房间里。',
    broken: '没有发送成功，请再试一次。',
    file: '单个文件不能超过 25 MB。',
    room: '这个房间已经存了 200 MB 的文件。请先让机器人删除一些。',
    files: '这个房间已经存了 100 个文件。请先让机器人删除一些。',
  },
})

export const WORDS: InEach<Words> = { en, de, es, fr, it, ja, nl, pt, zh }

/** That of whoever asked; where nothing is known of them, the first that the browser asks for and we speak. */
export function languageAmong(known: string, accepted: string): Language {
  const wanted = [known, ...accepted.split(',').map((one) => one.trim().slice(0, 2).toLowerCase())]
  return wanted.find((one): one is Language => Object.hasOwn(WORDS, one)) ?? 'en'
}

/** What ends a page says the same whether it was opened or sent too late. */
function words({
  states,
  ...rest
}: Omit<Words, 'states'> & { states: Omit<Words['states'], 'used' | 'over'> }): Words {
  return { ...rest, states: { ...states, used: rest.used, over: rest.over } }
}
