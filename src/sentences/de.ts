import type { Sentences } from '../sentences.ts'

export const de: Sentences = {
  operator: (ref) =>
    `Ich kann gerade nicht antworten: Es gibt ein Problem, das nur mein Betreiber lösen kann. Bitte sag dort Bescheid und frag mich danach noch einmal (${ref}).`,
  unavailable: (ref) =>
    `Ich konnte nicht antworten: Das Modell war trotz mehrerer Versuche nicht zu erreichen. Bitte frag mich später noch einmal; wenn es so bleibt, sag meinem Betreiber Bescheid (${ref}).`,
  tooLong: (ref) =>
    `Ich konnte nicht antworten: Das ist zu lang für mich. Bitte frag noch einmal mit weniger Text (${ref}).`,
  failed: (ref) =>
    `Da ist etwas schiefgegangen, und ich konnte nicht antworten. Bitte frag mich noch einmal; wenn es so bleibt, sag meinem Betreiber Bescheid (${ref}).`,
  parked: (ref) =>
    `Ich habe das beiseitegelegt, weil ich fünfmal darüber gestolpert bin. Bitte formuliere es anders oder sag meinem Betreiber Bescheid (${ref}).`,
  unpostable: (ref) =>
    `Ich hatte eine Antwort, aber Campfire hat sie nicht angenommen. Bitte frag mich noch einmal; wenn es so bleibt, sag meinem Betreiber Bescheid (${ref}).`,
  outOfReach: (ref) =>
    `Ich hatte eine Antwort, aber Campfire war für mich mehr als einen Tag lang nicht zu erreichen. Wenn du sie noch brauchst, frag mich bitte noch einmal (${ref}).`,
  tryingAgain: 'Das Modell ist überlastet; ich versuche es weiter.',
  refused: 'Dabei helfe ich nicht: Das Modell hat die Antwort abgelehnt.',
  empty: 'Dem habe ich nichts hinzuzufügen.',
  stopped: 'Angehalten.',
  stoppedHere: '(angehalten)',
  forgotten: {
    direct: 'Vergessen: alles, was hier gesagt wurde, und was ich davon behalten hatte.',
    room: 'Vergessen: Ich fange hier neu an, und was du mir gesagt hast, ist aus meinem Archiv gelöscht.',
  },
  cutOff: '(Hier habe ich aufgehört: Die Antwort hatte ihre größte Länge erreicht.)',
  atEnd:
    '(Hier habe ich aufgehört: Meine Grenze für eine einzelne Frage war erreicht. Sag mir, dass ich weitermachen soll, oder frag nach weniger auf einmal.)',
  partlyForgotten:
    '(Dieses Gespräch war zu lang geworden, deshalb habe ich den ältesten Teil vergessen.)',
  whole: 'Die ganze Antwort steht in der Datei unten.',
  help: {
    who: (name, about) => `Ich bin **${name}**. ${about}`,
    direct: 'Schreib mir einfach hier. Ich merke mir unser Gespräch, bis es eine Weile still war.',
    room: 'Erwähne mich, und ich antworte. Ich merke mir, was mir hier gesagt wird, bis es eine Weile still war.',
    words: (forgets) =>
      `Ein Wort genügt für: \`help\` (diese Hilfe), \`stop\` (während ich an deiner Frage arbeite), \`why\` (wie meine letzte Antwort zustande kam), \`forget\` (${forgets}).`,
    forgets: {
      direct: 'alles, was hier gesagt wurde',
      room: 'neu anfangen und löschen, was du mir gesagt hast',
    },
    limits: 'Dateien, die du postest, kann ich nicht öffnen, und ich sehe nur diesen Raum.',
  },
}
