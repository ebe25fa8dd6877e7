import type { Sentences } from './interface.ts'
import { either, line } from './lists.ts'

export const it: Sentences = {
  language: 'it',
  locale: 'it-IT',
  operator: (ref) =>
    `In questo momento non posso rispondere. C’è un problema che può risolvere solo chi mi gestisce. Avvisalo, per favore, e richiedimelo quando è sistemato (${ref}).`,
  unavailable: (ref) =>
    `Scusa, non sono riuscito a rispondere. Ho provato più volte, ma il modello non era raggiungibile. Richiedimelo più tardi. Se continua a succedere, avvisa chi mi gestisce (${ref}).`,
  tooLong: (ref) =>
    `Scusa, è più testo di quanto riesca a leggere in una volta. Richiedimelo con meno testo (${ref}).`,
  failed: (ref) =>
    `Scusa, qualcosa è andato storto e non sono riuscito a rispondere. Richiedimelo. Se continua a succedere, avvisa chi mi gestisce (${ref}).`,
  parked: (ref) =>
    `Scusa, questa richiesta mi ha dato problemi più volte e ho smesso di provarci. Prova a dirla in un altro modo o avvisa chi mi gestisce (${ref}).`,
  unpostable: (ref) =>
    `Avevo una risposta, ma Campfire non l’ha accettata. Richiedimelo. Se continua a succedere, avvisa chi mi gestisce (${ref}).`,
  inDoubt: (ref) =>
    `Ho inviato una risposta, ma non sono riuscito a sapere se è arrivata: forse manca, o compare due volte. Se non la vedi, richiedimelo (${ref}).`,
  mayBeMissing: (ref) =>
    `Ho inviato una risposta, ma non sono riuscito a sapere se è arrivata. Se non la vedi, richiedimelo (${ref}).`,
  outOfReach: (ref) =>
    `Avevo una risposta, ma non sono riuscito a raggiungere Campfire per più di un giorno. Se ti serve ancora, richiedimelo (${ref}).`,
  tryingAgain: 'In questo momento il modello è molto occupato. Continuo a provare.',
  working: 'Ci sto lavorando. Questa volta ci vuole un po’ di più.',
  pickingUp: 'Sono stato interrotto e sto riprendendo la risposta',
  rests:
    'Faccio una pausa di dieci minuti: ci rispondiamo senza sosta da un po’. Poi chiedimi pure di nuovo.',
  refused: 'Scusa, con questo non posso aiutarti. Il modello non ha voluto rispondere.',
  empty: 'Non ho altro da aggiungere.',
  stopped: 'Va bene, mi fermo.',
  stoppedHere: '(interrotto)',
  brokenOff:
    '(Qui sono stato interrotto e non ho potuto continuare. Per favore, chiedimelo di nuovo.)',
  mentionMe:
    'Dato che qui ci sono più persone, rispondo solo quando vengo menzionato, così potete parlare tra voi.',
  forgotten: {
    direct:
      'Fatto. Ho dimenticato tutto quello che ci siamo detti qui, i file e quello che ne avevo conservato. Le liste restano. Quello che mi hai chiesto di ricordare di te c’è ancora. Dimmi se devo dimenticare anche quello.',
    room: 'Fatto. Qui ricomincio da zero. Tutto quello che mi hai detto, i tuoi file, le mie risposte e quello che avevo conservato per te è cancellato. Quello che conservo per altri resta, e anche le liste. Quello che mi hai chiesto di ricordare di te c’è ancora. Dimmi se devo dimenticare anche quello.',
  },
  cutOff: '(Devo fermarmi qui. Le mie risposte non possono essere più lunghe.)',
  atEnd:
    '(Mi sono dovuto fermare qui: avevo raggiunto il mio limite per una domanda. Dimmi di continuare, o chiedimi un po’ meno alla volta.)',
  partlyLeftOut:
    '(Ho dovuto lasciare fuori una parte della nostra conversazione precedente: il modello non la accettava più.)',
  serverTools: {
    searching: (query) => `Cerco «${query}» sul web`,
    opening: (host) => `Apro ${host}`,
    running: 'Eseguo del codice',
    lost: '(Ho dovuto fare a meno di uno dei miei strumenti per il web o per il codice: qui il modello non lo offre. Domani ci riprovo.)',
    notHanded: (names) =>
      `(Non sono riuscito a passare ${names} al modello e ho dovuto farne a meno.)`,
    made: {
      left: (items) => `(Non tutto ciò che il codice ha prodotto è qui: ${items}.)`,
      unnamed: 'un altro file',
      why: {
        kind: 'non è un file PNG, CSV, Excel o PDF',
        large: 'troppo grande',
        many: 'ne allego al massimo cinque',
        lost: 'non sono riuscito a recuperarlo',
        refused: 'Campfire non lo ha accettato',
        unsure: 'forse manca',
      },
    },
  },
  partlyForgotten:
    '(La nostra conversazione è diventata troppo lunga per me, quindi ne ho dimenticato la parte più vecchia.)',
  whole: 'La risposta completa è nel file qui sotto.',
  limit: {
    yours: (until) =>
      `Il tuo limite di spesa è esaurito fino a ${until}, quindi prima non posso rispondere. Se ti servo prima, chiedi alla persona che mi gestisce.`,
    room: (until) =>
      `Il limite di spesa di questa stanza è esaurito fino a ${until}, quindi prima qui non posso rispondere. Se ti servo prima, chiedi alla persona che mi gestisce.`,
    mine: (until) =>
      `Il mio limite di spesa è esaurito fino a ${until}, quindi prima non posso rispondere. Se ti servo prima, chiedi alla persona che mi gestisce.`,
    everyones: (until) =>
      `Il limite di spesa di tutti i bot di qui è esaurito fino a ${until}, quindi prima non posso rispondere. Se ti servo prima, chiedi alla persona che mi gestisce.`,
    waits:
      'Quel che resta del limite di spesa ora è riservato ad altre risposte. Aspetto che se ne liberi una parte.',
    tiedUp:
      'Il resto del limite di spesa è impegnato in altre risposte e il mio tempo è finito. Chiedimelo di nuovo tra un minuto, per favore.',
    yesWaits:
      'Non ho fatto quello che hai approvato. La mia domanda resta aperta: più tardi, per favore, dimmi di nuovo sì.',
    note: ({ whose, percent, spent, amount, until }) =>
      `Limite di ${whose}: speso il ${percent}%, ${spent} su ${amount}. Ricomincia ${until}.`,
  },
  help: {
    who: (name, about) => `Ciao, sono **${name}**. ${about}`,
    direct:
      'Scrivimi pure qui. Ricordo la nostra conversazione finché non c’è silenzio per un bel po’.',
    room: 'Menzionami e ti rispondo. Ricordo quello che mi viene detto qui finché non c’è silenzio per un bel po’.',
    examples: 'Puoi chiedermi, per esempio:',
    web: 'Cerca sul web i treni per Bergün.',
    code: 'Fai un grafico con i numeri del mio foglio.',
    servers: (names) => `Posso anche usare quello che offrono altri servizi: ${names}.`,
    words: (forgets) =>
      `Basta una parola: \`aiuto\` (quello che stai leggendo), \`fermati\` (mentre lavoro alla tua domanda), \`perché\` (com’è nata la mia ultima risposta), \`dimentica\` (${forgets}). Va bene anche l’inglese: \`help\`, \`stop\`, \`why\`, \`forget\`.`,
    forgets: {
      direct: 'tutto quello che ci siamo detti qui',
      room: 'ricomincio da zero e cancello quello che mi hai detto',
    },
    limits:
      'Dei file che pubblichi vedo solo il nome: chiedimi di uno e ti darò un link per lasciarlo. E vedo solo questa stanza.',
  },
  signInEnded: (server, bot) =>
    `Non ho più accesso a **${server}**, quindi **${bot}** non può usare i suoi strumenti. Accedi di nuovo dalla pagina di ${bot}, per favore.`,
  approval: {
    run: (tool) => `Posso eseguire **${tool}**?`,
    several: (count) => `Posso fare queste ${count} cose? Una risposta vale per tutte.`,
    who: (you, others) => either([you ? `tu (${you})` : 'tu', ...others], ' o '),
    someone: 'un’altra persona responsabile',
    direct: (who) => `Puoi rispondere ${who}, con *sì* o *no*, entro un giorno.`,
    mention: (who, bot) => `Puoi rispondere ${who}, con *@${bot} sì* o *no*, entro un giorno.`,
    unnamed: (who) => `Puoi rispondere ${who}, menzionandomi e con *sì* o *no*, entro un giorno.`,
    input: 'Userei esattamente questo:',
    cut: (count) =>
      `(Per brevità ${count} caratteri non sono mostrati qui. Verrebbero usati anche quelli.)`,
    goes: (what) => `Andrebbe perso per sempre: ${what}.`,
    more: (count) => `e altri ${count}`,
    late: (tools) => `Nessuno ha detto sì entro un giorno, quindi non ho eseguito ${tools}.`,
    unpaid: (tools) =>
      `C’è stato un sì, ma il limite di spesa non mi ha permesso di procedere, ed è passato un giorno dalla mia domanda. Quindi non ho eseguito ${tools}. Se serve ancora, chiedimelo di nuovo.`,
    granted: (who) => (who ? `Approvato da ${who}` : 'Approvato'),
    refused: (who) => (who ? `Rifiutato da ${who}` : 'Rifiutato'),
    withdrawn: 'Ritirato',
    expired: 'Scaduto',
  },
  files: {
    offer: (link) =>
      `Per mostrarmi un file, [lascialo qui](${link}) entro un quarto d’ora, oppure incolla il suo link di download di Campfire in un messaggio per me.`,
    paste:
      'Per mostrarmi un file, incolla il suo link di download di Campfire in un messaggio per me.',
  },
  reminder: {
    kept: 'Restano anche i promemoria che devono ancora arrivare.',
    refused: 'È ora di un promemoria, ma Campfire non ha accettato il suo testo.',
    foot: (number, by) => (by ? `Promemoria ${number}, da ${by}.` : `Promemoria ${number}.`),
    late: (span) => `Arriva in ritardo: ${span}.`,
    missed: (count, shown) =>
      count === 1 ? 'Quello precedente è saltato.' : `${shown} precedenti sono saltati.`,
    paused: (who, numbers) =>
      `${who} non si fa vivo qui da 90 giorni, quindi ho sospeso quello che dovevo fare regolarmente (${numbers}). Se serve ancora, dimmi di riprendere.`,
  },
  why: {
    unknown: 'Lì non trovo nessuna mia risposta. Non è mia, o è passato troppo tempo.',
    nothing: 'Qui non ho ancora detto niente.',
    why: 'Motivo',
    reasons: {
      mentioned: 'mi hanno menzionato',
      direct: 'qui parliamo a quattr’occhi',
      always: 'qui rispondo a tutto',
      files: 'mi hanno lasciato un file',
      'not mentioned': 'ho taciuto, nessuno mi ha menzionato',
      'bots in a row': 'ho taciuto, i bot si rispondevano solo tra loro',
      'too many in a row': 'troppo in una volta, così mi sono preso una pausa',
      'taken back': 'ho taciuto, il messaggio è stato eliminato',
      forgotten: 'ho taciuto, le parole erano state dimenticate',
      cancelled: 'ho taciuto, il compito era stato annullato',
      'answered elsewhere': 'ho taciuto, c’era già una risposta',
      limit: 'ho taciuto, un limite di spesa era esaurito',
      'approval expired': 'nessuno ha detto sì in tempo',
      'approval unpaid': 'un limite di spesa ha impedito quanto approvato',
      'several people': 'qui parlano più persone',
      note: 'chi mi gestisce doveva saperlo',
    },
    scheduled: (number) => `era l’ora del promemoria ${number}`,
    again: 'chi mi gestisce mi ha fatto riprovare',
    read: 'Letto',
    tools: 'Strumenti',
    took: 'Tempo e costo',
    line,
    word: 'una sola parola, non serviva un modello',
    messages: (count, shown) => (count === 1 ? 'un messaggio' : `${shown} messaggi`),
    edited: 'nella versione modificata',
    others: 'quello che altri hanno detto intorno',
    noOthers: 'niente da nessun altro',
    forgotten: 'il resto nel frattempo è stato dimenticato',
    tiers: {
      hot: 'la nostra conversazione, ancora in memoria',
      warm: 'la nostra conversazione, riletta dall’archivio',
      cold: 'nessuna conversazione precedente',
    },
    made: (names) => `allegati: ${names.join(', ')}`,
    noTools: 'nessuno',
    outcomes: {
      ok: 'riuscito',
      error: 'non riuscito',
      unknown: 'forse fatto, forse no',
      intended: 'non fatto',
      waiting: 'aspetta un sì',
    },
    seconds: (shown) => `${shown} s`,
    tokens: ({ read, cached, written }) =>
      `${read} token letti (${cached} dalla cache) e ${written} scritti`,
    missed: (reason) => `non dalla cache: ${reason}`,
    misses: {
      model_changed: 'un altro modello',
      system_changed: 'le mie istruzioni erano cambiate',
      tools_changed: 'i miei strumenti erano cambiati',
      messages_changed: 'la conversazione era cambiata',
    },
    noPrice: 'prezzo sconosciuto',
    atMost: (cost) => `al massimo ${cost}`,
    models: (names) => names.join(', poi '),
    noModel: 'nessuna risposta di un modello',
    request: (id) => `richiesta ${id}`,
    failedRequest: (id) => `richiesta non riuscita ${id}`,
    version: (worker, bot) => `versione ${worker}, bot ${bot}`,
    ends: {
      silent: 'silenzio voluto',
      stopped: 'interrotto a metà',
      failed: 'non riuscito',
      parked: 'abbandonato dopo diversi arresti anomali',
    },
    crashes: (count, shown) =>
      count === 1 ? 'ripreso dopo un arresto anomalo' : `ripreso dopo ${shown} arresti anomali`,
    noCrashes: 'nessun arresto anomalo',
    doubts: {
      'may stand twice': 'la risposta forse c’è due volte',
      'may be missing': 'la risposta forse manca',
      'may stand twice or be missing': 'la risposta forse c’è due volte, o manca',
    },
  },
}
