import type { Sentences } from '../sentences.ts'

export const it: Sentences = {
  operator: (ref) =>
    `In questo momento non posso rispondere: c’è un problema che solo chi mi gestisce può risolvere. Avvisalo, per favore, e richiedimelo quando sarà risolto (${ref}).`,
  unavailable: (ref) =>
    `Non sono riuscito a rispondere: il modello non era raggiungibile, anche se ho provato più volte. Richiedimelo più tardi; se continua, avvisa chi mi gestisce (${ref}).`,
  tooLong: (ref) =>
    `Non sono riuscito a rispondere: è troppo lungo per me. Richiedimelo con meno testo (${ref}).`,
  failed: (ref) =>
    `Qualcosa è andato storto e non sono riuscito a rispondere. Richiedimelo; se continua, avvisa chi mi gestisce (${ref}).`,
  parked: (ref) =>
    `Ho messo da parte questa richiesta perché ci sono inciampato cinque volte. Prova a dirlo in un altro modo o avvisa chi mi gestisce (${ref}).`,
  unpostable: (ref) =>
    `Avevo una risposta, ma Campfire non l’ha accettata. Richiedimelo; se continua, avvisa chi mi gestisce (${ref}).`,
  outOfReach: (ref) =>
    `Avevo una risposta, ma non sono riuscito a raggiungere Campfire per più di un giorno. Se ti serve ancora, richiedimelo (${ref}).`,
  tryingAgain: 'Il modello è sovraccarico; sto ancora provando.',
  refused: 'Non posso aiutarti in questo: il modello ha rifiutato di rispondere.',
  empty: 'Non ho nulla da aggiungere.',
  stopped: 'Interrotto.',
  stoppedHere: '(interrotto)',
  forgotten: {
    direct: 'Dimenticato: tutto ciò che è stato detto qui e quello che ne avevo conservato.',
    room: 'Dimenticato: qui ricomincio da capo, e quello che mi hai detto non è più nel mio archivio.',
  },
  cutOff: '(Mi fermo qui: la risposta ha raggiunto la lunghezza massima.)',
  atEnd:
    '(Mi sono fermato qui: avevo raggiunto il mio limite per una sola domanda. Dimmi di continuare, o chiedimi meno alla volta.)',
  partlyForgotten:
    '(Questa conversazione era diventata troppo lunga, quindi ne ho dimenticato la parte più vecchia.)',
  whole: 'La risposta completa è nel file qui sotto.',
  help: {
    who: (name, about) => `Sono **${name}**. ${about}`,
    direct:
      'Scrivimi pure qui. Ricordo la nostra conversazione finché non resta in silenzio per un po’.',
    room: 'Menzionami e rispondo. Ricordo quello che mi viene detto qui finché non c’è silenzio per un po’.',
    words: (forgets) =>
      `Basta una parola: \`help\` (questo aiuto), \`stop\` (mentre lavoro alla tua domanda), \`why\` (come è nata la mia ultima risposta), \`forget\` (${forgets}).`,
    forgets: {
      direct: 'tutto ciò che è stato detto qui',
      room: 'ricominciare da capo e cancellare quello che mi hai detto',
    },
    limits: 'Non posso aprire i file che pubblichi, e vedo solo questa stanza.',
  },
}
