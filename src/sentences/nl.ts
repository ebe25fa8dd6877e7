import type { Sentences } from './interface.ts'
import { either, line } from './lists.ts'

export const nl: Sentences = {
  language: 'nl',
  locale: 'nl-NL',
  operator: (ref) =>
    `Ik kan nu even niet antwoorden. Er is een probleem dat alleen mijn beheerder kan oplossen. Geef het even door en vraag het me daarna nog eens (${ref}).`,
  unavailable: (ref) =>
    `Sorry, ik kon niet antwoorden. Ik heb het een paar keer geprobeerd, maar kon het model niet bereiken. Vraag het me later nog eens. Blijft het gebeuren, geef het dan door aan mijn beheerder (${ref}).`,
  tooLong: (ref) =>
    `Sorry, dat is meer tekst dan ik in één keer kan lezen. Vraag het me nog eens met wat minder (${ref}).`,
  failed: (ref) =>
    `Sorry, er ging iets mis en ik kon niet antwoorden. Vraag het me nog eens. Blijft het gebeuren, geef het dan door aan mijn beheerder (${ref}).`,
  parked: (ref) =>
    `Sorry, hier liep het al een paar keer op vast, dus ik probeer het niet meer. Zeg het op een andere manier of geef het door aan mijn beheerder (${ref}).`,
  unpostable: (ref) =>
    `Ik had een antwoord, maar Campfire heeft het niet aangenomen. Vraag het me nog eens. Blijft het gebeuren, geef het dan door aan mijn beheerder (${ref}).`,
  inDoubt: (ref) =>
    `Ik heb een antwoord gestuurd, maar kon niet nagaan of het is aangekomen: misschien ontbreekt het, of staat het er twee keer. Zie je het niet, vraag het me dan nog eens (${ref}).`,
  mayBeMissing: (ref) =>
    `Ik heb een antwoord gestuurd, maar kon niet nagaan of het is aangekomen. Zie je het niet, vraag het me dan nog eens (${ref}).`,
  outOfReach: (ref) =>
    `Ik had een antwoord, maar ik kon Campfire langer dan een dag niet bereiken. Als je het nog wilt, vraag het me dan nog eens (${ref}).`,
  tryingAgain: 'Het model heeft het nu erg druk. Ik blijf het proberen.',
  working: 'Ik ben ermee bezig. Deze keer duurt het wat langer.',
  pickingUp: 'Ik werd onderbroken en pak dit weer op',
  rests:
    'Ik rust tien minuten: we schrijven al een tijd zonder pauze heen en weer. Vraag het me daarna gerust opnieuw.',
  refused: 'Sorry, daar kan ik niet mee helpen. Het model wilde er geen antwoord op geven.',
  empty: 'Daar heb ik niets aan toe te voegen.',
  stopped: 'Oké, ik ben gestopt.',
  stoppedHere: '(hier gestopt)',
  brokenOff: '(Hier werd ik onderbroken en kon ik niet verder. Vraag het me alsjeblieft nog eens.)',
  mentionMe:
    'Omdat hier meerdere mensen zijn, antwoord ik alleen als ik word genoemd. Zo kunnen jullie onderling praten.',
  forgotten: {
    direct:
      'Gedaan. Ik ben alles vergeten wat we hier hebben besproken, de bestanden en alles wat ik ervan had bewaard. De lijsten blijven. Wat ik over jou moet onthouden, weet ik nog. Zeg het me als ik ook dat moet vergeten.',
    room: 'Gedaan. Ik begin hier opnieuw. Alles wat je tegen me hebt gezegd, je bestanden, wat ik je heb geantwoord en wat ik voor je had bewaard, is gewist. Wat ik voor anderen bewaar, blijft, en de lijsten ook. Wat ik over jou moet onthouden, weet ik nog. Zeg het me als ik ook dat moet vergeten.',
  },
  cutOff: '(Hier moest ik stoppen. Langer kan een antwoord van mij niet worden.)',
  atEnd:
    '(Hier moest ik stoppen, want ik zat aan mijn limiet voor één vraag. Zeg dat ik door moet gaan, of vraag iets minder tegelijk.)',
  partlyLeftOut:
    '(Ik heb een deel van ons eerdere gesprek moeten weglaten: het model nam het niet meer aan.)',
  serverTools: {
    searching: (query) => `Ik zoek op het web naar ‘${query}’`,
    opening: (host) => `Ik open ${host}`,
    running: 'Ik voer code uit',
    lost: '(Ik moest het zonder een van mijn hulpmiddelen voor het web of voor code doen: het model heeft dat hier niet. Morgen probeer ik het opnieuw.)',
    notHanded: (names) =>
      `(Ik kon ${names} niet aan het model doorgeven en moest het zonder doen.)`,
    made: {
      left: (items) => `(Niet alles wat de code heeft gemaakt staat hier: ${items}.)`,
      unnamed: 'nog een bestand',
      why: {
        kind: 'geen PNG-, CSV-, Excel- of pdf-bestand',
        large: 'te groot',
        many: 'ik voeg er hoogstens vijf toe',
        lost: 'ik kon het niet ophalen',
        refused: 'Campfire nam het niet aan',
        unsure: 'het ontbreekt misschien',
      },
    },
  },
  partlyForgotten: '(Ons gesprek werd te lang voor me, dus ik ben het oudste deel ervan vergeten.)',
  whole: 'Het volledige antwoord staat in het bestand hieronder.',
  limit: {
    yours: (until) =>
      `Je uitgavenlimiet is op tot ${until}, dus tot dan kan ik niet antwoorden. Heb je me eerder nodig, vraag het dan aan wie mij beheert.`,
    room: (until) =>
      `De uitgavenlimiet van deze kamer is op tot ${until}, dus tot dan kan ik hier niet antwoorden. Heb je me eerder nodig, vraag het dan aan wie mij beheert.`,
    mine: (until) =>
      `Mijn uitgavenlimiet is op tot ${until}, dus tot dan kan ik niet antwoorden. Heb je me eerder nodig, vraag het dan aan wie mij beheert.`,
    everyones: (until) =>
      `De uitgavenlimiet van alle bots hier is op tot ${until}, dus tot dan kan ik niet antwoorden. Heb je me eerder nodig, vraag het dan aan wie mij beheert.`,
    waits:
      'Wat er van de uitgavenlimiet over is, is nu gereserveerd voor andere antwoorden. Ik wacht tot er iets vrijkomt.',
    tiedUp:
      'De rest van de uitgavenlimiet zit vast in andere antwoorden, en mijn tijd is om. Vraag het me over een minuut nog eens.',
    yesWaits:
      'Wat je hebt goedgekeurd, heb ik niet gedaan. Mijn vraag staat nog open: zeg later nog eens ja.',
    note: ({ whose, percent, spent, amount, until }) =>
      `Limiet van ${whose}: ${percent}% is uitgegeven, ${spent} van ${amount}. Hij begint opnieuw op ${until}.`,
  },
  help: {
    who: (name, about) => `Hoi, ik ben **${name}**. ${about}`,
    direct: 'Schrijf me gewoon hier. Ik onthoud ons gesprek tot het een tijdje stil is geweest.',
    room: 'Noem me en ik antwoord. Ik onthoud wat hier tegen me wordt gezegd tot het een tijdje stil is geweest.',
    examples: 'Je kunt me bijvoorbeeld vragen:',
    web: 'Zoek op het web naar treinen naar Bergün.',
    code: 'Maak een grafiek van de cijfers in mijn spreadsheet.',
    servers: (names) => `Ik kan ook gebruiken wat andere diensten bieden: ${names}.`,
    words: (forgets) =>
      `Eén woord is genoeg: \`hulp\` (wat je nu leest), \`stop\` (terwijl ik aan je vraag werk), \`waarom\` (hoe mijn laatste antwoord tot stand kwam), \`vergeet\` (${forgets}). In het Engels kan ook: \`help\`, \`stop\`, \`why\`, \`forget\`.`,
    forgets: {
      direct: 'alles wat we hier hebben besproken',
      room: 'ik begin opnieuw en wis wat je tegen me hebt gezegd',
    },
    limits:
      'Van bestanden die je plaatst zie ik alleen de naam: vraag me ernaar en je krijgt een link om ze af te geven. En ik zie alleen deze kamer.',
  },
  signInEnded: (server, bot) =>
    `Ik ben niet meer ingelogd bij **${server}**, dus **${bot}** kan de tools daarvan niet gebruiken. Log alsjeblieft opnieuw in op de pagina van ${bot}.`,
  approval: {
    run: (tool) => `Mag ik **${tool}** uitvoeren?`,
    several: (count) => `Mag ik deze ${count} dingen doen? Eén antwoord geldt voor allemaal.`,
    who: (you, others) => either([you ? `Jij (${you})` : 'Jij', ...others], ' of '),
    someone: 'iemand anders die erover gaat',
    direct: (who) => `${who} kan binnen een dag antwoorden met *ja* of *nee*.`,
    mention: (who, bot) => `${who} kan binnen een dag antwoorden met *@${bot} ja* of *nee*.`,
    unnamed: (who) => `${who} kan me binnen een dag noemen en antwoorden met *ja* of *nee*.`,
    input: 'Precies dit zou ik gebruiken:',
    cut: (count) =>
      `(Om het kort te houden zijn ${count} tekens hier niet te zien. Die zou ik ook gebruiken.)`,
    goes: (what) => `Voorgoed weg is dan: ${what}.`,
    more: (count) => `en nog ${count}`,
    late: (tools) => `Niemand heeft binnen een dag ja gezegd, dus ik heb ${tools} niet uitgevoerd.`,
    unpaid: (tools) =>
      `Er was een ja, maar de uitgavenlimiet hield me tegen, en sinds mijn vraag is een dag voorbij. Dus ik heb ${tools} niet uitgevoerd. Vraag het me opnieuw als het nog nodig is.`,
    granted: (who) => (who ? `Goedgekeurd door ${who}` : 'Goedgekeurd'),
    refused: (who) => (who ? `Geweigerd door ${who}` : 'Geweigerd'),
    withdrawn: 'Ingetrokken',
    expired: 'Verlopen',
  },
  files: {
    offer: (link) =>
      `Om me een bestand te laten zien, [geef het hier af](${link}) binnen een kwartier, of plak de downloadlink uit Campfire in een bericht aan mij.`,
    paste:
      'Om me een bestand te laten zien, plak de downloadlink uit Campfire in een bericht aan mij.',
  },
  reminder: {
    kept: 'Herinneringen die nog komen, blijven ook.',
    refused: 'Er is een herinnering, maar Campfire heeft de tekst niet aangenomen.',
    foot: (number, by) => (by ? `Herinnering ${number}, van ${by}.` : `Herinnering ${number}.`),
    late: (span) => `Deze komt te laat: ${span}.`,
    missed: (count, shown) =>
      count === 1 ? 'De vorige is niet verstuurd.' : `${shown} eerdere zijn niet verstuurd.`,
    paused: (who, numbers) =>
      `${who} is hier al 90 dagen niet geweest, dus ik ben gestopt met wat ik regelmatig moest doen (${numbers}). Zeg het me als ik ermee door moet gaan.`,
  },
  why: {
    unknown: 'Daar vind ik geen antwoord van mij. Het is niet van mij, of het is te lang geleden.',
    nothing: 'Ik heb hier nog niets gezegd.',
    why: 'Reden',
    reasons: {
      mentioned: 'ik werd genoemd',
      direct: 'we praten hier met z’n tweeën',
      always: 'ik antwoord hier op alles',
      files: 'er is een bestand voor me afgegeven',
      'not mentioned': 'ik zweeg, niemand noemde mij',
      'bots in a row': 'ik zweeg, bots antwoordden alleen nog elkaar',
      'too many in a row': 'te veel tegelijk, dus nam ik even rust',
      'taken back': 'ik zweeg, het bericht was verwijderd',
      forgotten: 'ik zweeg, de woorden waren vergeten',
      cancelled: 'ik zweeg, de taak was geannuleerd',
      'answered elsewhere': 'ik zweeg, het was al beantwoord',
      limit: 'ik zweeg, een uitgavenlimiet was op',
      'approval expired': 'niemand zei op tijd ja',
      'approval unpaid': 'een uitgavenlimiet stond een ja in de weg',
      'several people': 'hier praten meerdere mensen',
      note: 'wie mij beheert moest het weten',
    },
    scheduled: (number) => `herinnering ${number} was aan de beurt`,
    again: 'wie mij beheert liet me het opnieuw proberen',
    read: 'Gelezen',
    tools: 'Hulpmiddelen',
    took: 'Tijd en kosten',
    line,
    word: 'één woord, daar was geen model voor nodig',
    messages: (count, shown) => (count === 1 ? 'één bericht' : `${shown} berichten`),
    edited: 'in de bewerkte versie',
    others: 'wat anderen eromheen zeiden',
    noOthers: 'niets van anderen',
    forgotten: 'de rest is intussen vergeten',
    tiers: {
      hot: 'ons gesprek, nog in het geheugen',
      warm: 'ons gesprek, opgehaald uit de opslag',
      cold: 'geen eerder gesprek',
    },
    made: (names) => `toegevoegd: ${names.join(', ')}`,
    noTools: 'geen',
    outcomes: {
      ok: 'gelukt',
      error: 'mislukt',
      unknown: 'misschien gebeurd, misschien niet',
      intended: 'niet gedaan',
      waiting: 'wacht op een ja',
    },
    seconds: (shown) => `${shown} s`,
    tokens: ({ read, cached, written }) =>
      `${read} tokens gelezen (${cached} daarvan uit de cache) en ${written} geschreven`,
    missed: (reason) => `niet uit de cache: ${reason}`,
    misses: {
      model_changed: 'een ander model',
      system_changed: 'mijn instructies waren veranderd',
      tools_changed: 'mijn hulpmiddelen waren veranderd',
      messages_changed: 'het gesprek was veranderd',
    },
    noPrice: 'prijs onbekend',
    atMost: (cost) => `hooguit ${cost}`,
    models: (names) => names.join(', daarna '),
    noModel: 'geen antwoord van een model',
    request: (id) => `verzoek ${id}`,
    failedRequest: (id) => `mislukt verzoek ${id}`,
    version: (worker, bot) => `versie ${worker}, bot ${bot}`,
    ends: {
      silent: 'bewust niet geantwoord',
      stopped: 'onderweg gestopt',
      failed: 'niet gelukt',
      parked: 'opgegeven na een paar crashes',
    },
    crashes: (count, shown) =>
      count === 1 ? 'hersteld van één crash' : `hersteld van ${shown} crashes`,
    noCrashes: 'geen crashes',
    doubts: {
      'may stand twice': 'het antwoord staat er misschien twee keer',
      'may be missing': 'het antwoord ontbreekt misschien',
      'may stand twice or be missing': 'het antwoord staat er misschien twee keer, of ontbreekt',
    },
  },
}
