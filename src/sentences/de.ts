import type { Sentences } from './interface.ts'
import { either, line } from './lists.ts'

export const de: Sentences = {
  language: 'de',
  locale: 'de-DE',
  operator: (ref) =>
    `Ich kann gerade nicht antworten. Es gibt ein Problem, das nur mein Betreiber lösen kann. Sag dort bitte Bescheid und frag mich danach noch einmal (${ref}).`,
  unavailable: (ref) =>
    `Tut mir leid, ich konnte nicht antworten. Ich habe es mehrmals versucht, aber das Modell war nicht erreichbar. Frag mich bitte später noch einmal. Bleibt es dabei, sag meinem Betreiber Bescheid (${ref}).`,
  tooLong: (ref) =>
    `Tut mir leid, das ist mehr Text, als ich auf einmal lesen kann. Frag mich bitte noch einmal mit weniger (${ref}).`,
  failed: (ref) =>
    `Tut mir leid, da ist etwas schiefgegangen und ich konnte nicht antworten. Frag mich bitte noch einmal. Passiert es wieder, sag meinem Betreiber Bescheid (${ref}).`,
  parked: (ref) =>
    `Tut mir leid, damit hatte ich mehrmals Probleme, deshalb versuche ich es nicht weiter. Formuliere es bitte anders oder sag meinem Betreiber Bescheid (${ref}).`,
  unpostable: (ref) =>
    `Ich hatte eine Antwort, aber Campfire hat sie nicht angenommen. Frag mich bitte noch einmal. Passiert es wieder, sag meinem Betreiber Bescheid (${ref}).`,
  inDoubt: (ref) =>
    `Ich habe eine Antwort geschickt, konnte aber nicht herausfinden, ob sie angekommen ist: Vielleicht fehlt sie, oder sie steht zweimal hier. Wenn du sie nicht siehst, frag mich bitte noch einmal (${ref}).`,
  mayBeMissing: (ref) =>
    `Ich habe eine Antwort geschickt, konnte aber nicht herausfinden, ob sie angekommen ist. Wenn du sie nicht siehst, frag mich bitte noch einmal (${ref}).`,
  outOfReach: (ref) =>
    `Ich hatte eine Antwort, aber Campfire war für mich mehr als einen Tag lang nicht zu erreichen. Wenn du sie noch brauchst, frag mich bitte noch einmal (${ref}).`,
  tryingAgain: 'Das Modell ist gerade ausgelastet. Ich versuche es weiter.',
  working: 'Ich bin dran. Diesmal dauert es etwas länger.',
  pickingUp: 'Ich wurde unterbrochen und fange damit noch einmal an',
  rests:
    'Ich pausiere zehn Minuten: Wir haben eine Weile lang ohne Pause hin und her geschrieben. Danach frag mich einfach wieder.',
  refused: 'Tut mir leid, dabei kann ich nicht helfen. Das Modell wollte darauf nicht antworten.',
  empty: 'Dazu habe ich nichts weiter zu sagen.',
  stopped: 'Okay, ich habe aufgehört.',
  stoppedHere: '(hier unterbrochen)',
  brokenOff:
    '(Hier wurde ich unterbrochen und konnte nicht weitermachen. Bitte frag mich noch einmal.)',
  mentionMe:
    'Da hier mehrere Leute sind, antworte ich nur noch, wenn ich erwähnt werde. So könnt ihr euch in Ruhe unterhalten.',
  forgotten: {
    direct:
      'Erledigt. Ich habe alles vergessen, was wir hier besprochen haben, die Dateien und alles, was ich davon aufgehoben hatte. Die Listen bleiben. Was ich mir über dich merken soll, weiß ich noch. Sag mir, wenn ich auch das vergessen soll.',
    room: 'Erledigt. Ich fange hier neu an. Alles, was du mir gesagt oder an Dateien gegeben hast, was ich dir geantwortet habe und was ich für dich aufgehoben hatte, ist gelöscht. Was ich für andere aufhebe, bleibt, und die Listen auch. Was ich mir über dich merken soll, weiß ich noch. Sag mir, wenn ich auch das vergessen soll.',
  },
  cutOff: '(Hier musste ich aufhören. Länger kann eine Antwort von mir nicht werden.)',
  atEnd:
    '(Hier musste ich aufhören, mein Limit für eine Frage war erreicht. Sag mir, dass ich weitermachen soll, oder frag nach etwas weniger auf einmal.)',
  partlyLeftOut:
    '(Einen Teil unseres früheren Gesprächs musste ich weglassen: Das Modell hat ihn nicht mehr angenommen.)',
  serverTools: {
    searching: (query) => `Ich suche im Web nach „${query}“`,
    opening: (host) => `Ich öffne ${host}`,
    running: 'Ich führe Code aus',
    lost: '(Ich musste ohne eines meiner Werkzeuge für Web oder Code auskommen: Das Modell gibt es hier nicht damit. Morgen versuche ich es wieder.)',
    notHanded: (names) =>
      `(Ich konnte ${names} nicht an das Modell übergeben und musste ohne auskommen.)`,
    made: {
      left: (items) => `(Nicht alles, was der Code erzeugt hat, ist hier: ${items}.)`,
      unnamed: 'eine weitere Datei',
      why: {
        kind: 'keine PNG-, CSV-, Excel- oder PDF-Datei',
        large: 'zu groß',
        many: 'ich hänge höchstens fünf an',
        lost: 'ich konnte sie nicht holen',
        refused: 'Campfire hat sie nicht angenommen',
        unsure: 'sie fehlt vielleicht',
      },
    },
  },
  partlyForgotten:
    '(Unser Gespräch ist mir zu lang geworden, deshalb habe ich den ältesten Teil vergessen.)',
  whole: 'Die vollständige Antwort steht in der Datei unten.',
  limit: {
    yours: (until) =>
      `Dein Ausgabenlimit ist bis ${until} aufgebraucht, vorher kann ich nicht antworten. Wenn du mich früher brauchst, frag bitte meinen Betreiber.`,
    room: (until) =>
      `Das Ausgabenlimit dieses Raums ist bis ${until} aufgebraucht, vorher kann ich hier nicht antworten. Wenn du mich früher brauchst, frag bitte meinen Betreiber.`,
    mine: (until) =>
      `Mein Ausgabenlimit ist bis ${until} aufgebraucht, vorher kann ich nicht antworten. Wenn du mich früher brauchst, frag bitte meinen Betreiber.`,
    everyones: (until) =>
      `Das Ausgabenlimit aller Bots hier ist bis ${until} aufgebraucht, vorher kann ich nicht antworten. Wenn du mich früher brauchst, frag bitte meinen Betreiber.`,
    waits:
      'Was vom Ausgabenlimit übrig ist, ist gerade für andere Antworten zurückgelegt. Ich warte, bis davon etwas frei wird.',
    tiedUp:
      'Der Rest des Ausgabenlimits steckt in anderen Antworten, und meine Zeit ist um. Frag mich bitte in einer Minute noch einmal.',
    yesWaits:
      'Was du genehmigt hast, habe ich nicht getan. Meine Frage steht noch: Sag bitte später noch einmal ja.',
    note: ({ whose, percent, spent, amount, until }) =>
      `Limit von ${whose}: ${percent} % sind ausgegeben, ${spent} von ${amount}. Es beginnt neu: ${until}.`,
  },
  help: {
    who: (name, about) => `Hallo, ich bin **${name}**. ${about}`,
    direct:
      'Schreib mir einfach hier. Ich merke mir unser Gespräch, bis es eine Weile ruhig gewesen ist.',
    room: 'Erwähne mich, dann antworte ich. Ich merke mir, was mir hier gesagt wird, bis es eine Weile ruhig gewesen ist.',
    examples: 'Frag mich zum Beispiel:',
    web: 'Such im Web nach Zügen nach Bergün.',
    code: 'Mach aus den Zahlen in meiner Tabelle ein Diagramm.',
    servers: (names) => `Ich kann auch nutzen, was andere Dienste anbieten: ${names}.`,
    words: (forgets) =>
      `Dafür genügt ein einziges Wort: \`hilfe\` (das liest du gerade), \`stopp\` (während ich an deiner Frage arbeite), \`warum\` (wie meine letzte Antwort zustande kam), \`vergiss\` (${forgets}). Auf Englisch geht es auch: \`help\`, \`stop\`, \`why\`, \`forget\`.`,
    forgets: {
      direct: 'alles, was wir hier besprochen haben',
      room: 'ich fange neu an und lösche, was du mir gesagt hast',
    },
    limits:
      'Von Dateien, die du postest, sehe ich nur den Namen: Frag mich danach, dann bekommst du einen Link, um sie abzulegen. Und ich sehe nur diesen Raum.',
  },
  signInEnded: (server, bot) =>
    `Ich bin bei **${server}** nicht mehr angemeldet, deshalb kann **${bot}** die Werkzeuge von dort nicht benutzen. Bitte melde dich auf der Seite von ${bot} wieder an.`,
  approval: {
    run: (tool) => `Darf ich **${tool}** ausführen?`,
    several: (count) => `Darf ich diese ${count} Dinge tun? Eine Antwort gilt für alle.`,
    who: (you, others) => either([you ? `du (${you})` : 'du', ...others], ' oder '),
    someone: 'jemand anderes, der zuständig ist',
    direct: (who) => `Antworten kannst ${who} mit *ja* oder *nein*, innerhalb eines Tages.`,
    mention: (who, bot) =>
      `Antworten kannst ${who} mit *@${bot} ja* oder *nein*, innerhalb eines Tages.`,
    unnamed: (who) =>
      `Antworten kannst ${who}: innerhalb eines Tages mich erwähnen und *ja* oder *nein* schreiben.`,
    input: 'Genau das würde ich dafür verwenden:',
    cut: (count) =>
      `(Damit es kurz bleibt, sind ${count} Zeichen hier nicht zu sehen. Verwendet würden sie auch.)`,
    goes: (what) => `Für immer weg wäre: ${what}.`,
    more: (count) => `und ${count} weitere`,
    late: (tools) =>
      `Einen Tag lang hat niemand Ja gesagt, deshalb habe ich ${tools} nicht ausgeführt.`,
    unpaid: (tools) =>
      `Es gab ein Ja, aber das Ausgabenlimit ließ es nicht zu, und seit meiner Frage ist ein Tag vergangen. Deshalb habe ich ${tools} nicht ausgeführt. Frag mich bitte noch einmal, wenn es noch gewünscht ist.`,
    granted: (who) => (who ? `Genehmigt von ${who}` : 'Genehmigt'),
    refused: (who) => (who ? `Abgelehnt von ${who}` : 'Abgelehnt'),
    withdrawn: 'Zurückgezogen',
    expired: 'Abgelaufen',
  },
  files: {
    offer: (link) =>
      `Um mir eine Datei zu zeigen, [leg sie hier ab](${link}) (eine Viertelstunde lang), oder füge ihren Download-Link aus Campfire in eine Nachricht an mich ein.`,
    paste:
      'Um mir eine Datei zu zeigen, füge ihren Download-Link aus Campfire in eine Nachricht an mich ein.',
  },
  reminder: {
    kept: 'Erinnerungen, die noch kommen, bleiben auch.',
    refused: 'Eine Erinnerung ist fällig, aber Campfire hat ihren Wortlaut nicht angenommen.',
    foot: (number, by) => (by ? `Erinnerung ${number}, von ${by}.` : `Erinnerung ${number}.`),
    late: (span) => `Sie kommt mit Verspätung: ${span}.`,
    missed: (count, shown) =>
      count === 1 ? 'Die davor ist ausgefallen.' : `${shown} davor sind ausgefallen.`,
    paused: (who, numbers) =>
      `${who} war seit 90 Tagen nicht hier, darum mache ich vorerst nicht weiter mit dem, was ich regelmäßig tun sollte (${numbers}). Sag mir Bescheid, wenn es weitergehen soll.`,
  },
  why: {
    unknown:
      'Dort finde ich keine Antwort von mir. Sie ist nicht von mir, oder es ist zu lange her.',
    nothing: 'Ich habe hier noch nichts gesagt.',
    why: 'Grund',
    reasons: {
      mentioned: 'ich wurde erwähnt',
      direct: 'wir sprechen hier zu zweit',
      always: 'ich antworte hier auf alles',
      files: 'für mich wurde eine Datei abgelegt',
      'not mentioned': 'ich habe geschwiegen, niemand hat mich erwähnt',
      'bots in a row': 'ich habe geschwiegen, Bots haben nur noch einander geantwortet',
      'too many in a row': 'zu viel auf einmal, darum habe ich pausiert',
      'taken back': 'ich habe geschwiegen, die Nachricht wurde gelöscht',
      forgotten: 'ich habe geschwiegen, die Worte waren vergessen',
      cancelled: 'ich habe geschwiegen, die Aufgabe war abgesagt',
      'answered elsewhere': 'ich habe geschwiegen, es war schon beantwortet',
      limit: 'ich habe geschwiegen, ein Ausgabenlimit war aufgebraucht',
      'approval expired': 'niemand hat rechtzeitig Ja gesagt',
      'approval unpaid': 'ein Ausgabenlimit stand einem Ja im Weg',
      'several people': 'hier sprechen mehrere Leute',
      note: 'der Betreiber sollte es wissen',
    },
    scheduled: (number) => `Erinnerung ${number} war fällig`,
    again: 'der Betreiber ließ es mich noch einmal versuchen',
    read: 'Gelesen',
    tools: 'Werkzeuge',
    took: 'Aufwand',
    line,
    word: 'ein einziges Wort, dafür braucht es kein Modell',
    messages: (count, shown) => (count === 1 ? 'eine Nachricht' : `${shown} Nachrichten`),
    edited: 'in der bearbeiteten Fassung',
    others: 'was andere drumherum gesagt haben',
    noOthers: 'nichts von anderen',
    forgotten: 'der Rest ist inzwischen vergessen',
    tiers: {
      hot: 'unser Gespräch, noch im Gedächtnis',
      warm: 'unser Gespräch, aus dem Speicher geladen',
      cold: 'kein früheres Gespräch',
    },
    made: (names) => `angehängt: ${names.join(', ')}`,
    noTools: 'keine',
    outcomes: {
      ok: 'erledigt',
      error: 'fehlgeschlagen',
      unknown: 'vielleicht geschehen, vielleicht nicht',
      intended: 'nicht ausgeführt',
      waiting: 'wartet auf ein Ja',
    },
    seconds: (shown) => `${shown} Sek.`,
    tokens: ({ read, cached, written }) =>
      `${read} Tokens gelesen (${cached} davon aus dem Cache) und ${written} geschrieben`,
    missed: (reason) => `nicht aus dem Cache: ${reason}`,
    misses: {
      model_changed: 'ein anderes Modell',
      system_changed: 'meine Anweisungen waren neu',
      tools_changed: 'meine Werkzeuge waren neu',
      messages_changed: 'das Gespräch war ein anderes',
    },
    noPrice: 'Preis unbekannt',
    atMost: (cost) => `höchstens ${cost}`,
    models: (names) => names.join(', dann '),
    noModel: 'keine Antwort von einem Modell',
    request: (id) => `Anfrage ${id}`,
    failedRequest: (id) => `gescheiterte Anfrage ${id}`,
    version: (worker, bot) => `Version ${worker}, Bot ${bot}`,
    ends: {
      silent: 'bewusst nicht geantwortet',
      stopped: 'unterwegs angehalten',
      failed: 'gescheitert',
      parked: 'nach mehreren Abstürzen aufgegeben',
    },
    crashes: (count, shown) =>
      count === 1 ? 'einen Absturz überstanden' : `${shown} Abstürze überstanden`,
    noCrashes: 'keine Abstürze',
    doubts: {
      'may stand twice': 'die Antwort steht vielleicht zweimal da',
      'may be missing': 'die Antwort fehlt vielleicht',
      'may stand twice or be missing': 'die Antwort steht vielleicht zweimal da oder fehlt',
    },
  },
}
