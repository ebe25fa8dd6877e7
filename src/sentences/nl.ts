import type { Sentences } from '../sentences.ts'

export const nl: Sentences = {
  operator: (ref) =>
    `Ik kan nu niet antwoorden: er is een probleem dat alleen mijn beheerder kan oplossen. Laat het die weten en vraag het me daarna nog eens (${ref}).`,
  unavailable: (ref) =>
    `Ik kon niet antwoorden: het model was niet bereikbaar, hoewel ik het een paar keer heb geprobeerd. Vraag het me later nog eens; blijft het zo, laat het dan mijn beheerder weten (${ref}).`,
  tooLong: (ref) =>
    `Ik kon niet antwoorden: dit is te lang voor mij. Vraag het me nog eens met minder tekst (${ref}).`,
  failed: (ref) =>
    `Er ging iets mis en ik kon niet antwoorden. Vraag het me nog eens; blijft het zo, laat het dan mijn beheerder weten (${ref}).`,
  parked: (ref) =>
    `Ik heb dit opzijgelegd, omdat ik er vijf keer over struikelde. Zeg het op een andere manier of laat het mijn beheerder weten (${ref}).`,
  unpostable: (ref) =>
    `Ik had een antwoord, maar Campfire wilde het niet aannemen. Vraag het me nog eens; blijft het zo, laat het dan mijn beheerder weten (${ref}).`,
  outOfReach: (ref) =>
    `Ik had een antwoord, maar ik kon Campfire langer dan een dag niet bereiken. Als je het nog wilt, vraag het me dan nog eens (${ref}).`,
  tryingAgain: 'Het model is overbelast; ik blijf het proberen.',
  refused: 'Daar help ik niet mee: het model weigerde te antwoorden.',
  empty: 'Daar heb ik niets aan toe te voegen.',
  stopped: 'Gestopt.',
  stoppedHere: '(gestopt)',
  forgotten: {
    direct: 'Vergeten: alles wat hier is gezegd en wat ik daarvan had bewaard.',
    room: 'Vergeten: ik begin hier opnieuw, en wat je tegen mij hebt gezegd is uit mijn archief verdwenen.',
  },
  cutOff: '(Hier ben ik gestopt: het antwoord had zijn maximale lengte bereikt.)',
  atEnd:
    '(Hier ben ik gestopt: ik had mijn grens voor één vraag bereikt. Zeg dat ik door moet gaan, of vraag minder tegelijk.)',
  partlyForgotten:
    '(Dit gesprek was te lang geworden, daarom heb ik het oudste deel laten vallen.)',
  whole: 'Het hele antwoord staat in het bestand hieronder.',
  help: {
    who: (name, about) => `Ik ben **${name}**. ${about}`,
    direct: 'Schrijf me gewoon hier. Ik onthoud ons gesprek tot het een tijdje stil is geweest.',
    room: 'Noem me en ik antwoord. Ik onthoud wat hier tegen mij wordt gezegd tot het een tijdje stil is geweest.',
    words: (forgets) =>
      `Eén woord is genoeg: \`help\` (deze hulp), \`stop\` (terwijl ik aan je vraag werk), \`why\` (hoe mijn laatste antwoord tot stand kwam), \`forget\` (${forgets}).`,
    forgets: {
      direct: 'alles wat hier is gezegd',
      room: 'opnieuw beginnen en wissen wat je tegen mij hebt gezegd',
    },
    limits: 'Bestanden die je plaatst kan ik niet openen, en ik zie alleen deze kamer.',
  },
}
