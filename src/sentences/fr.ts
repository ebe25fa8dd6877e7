import type { Sentences } from '../sentences.ts'

export const fr: Sentences = {
  operator: (ref) =>
    `Je ne peux pas répondre pour le moment : il y a un problème que seul mon opérateur peut résoudre. Merci de le prévenir, puis de me reposer la question (${ref}).`,
  unavailable: (ref) =>
    `Je n’ai pas pu répondre : le modèle est resté injoignable malgré plusieurs essais. Merci de me reposer la question plus tard ; si cela continue, prévenez mon opérateur (${ref}).`,
  tooLong: (ref) =>
    `Je n’ai pas pu répondre : c’est trop long pour moi. Merci de me reposer la question avec moins de texte (${ref}).`,
  failed: (ref) =>
    `Quelque chose s’est mal passé et je n’ai pas pu répondre. Merci de me reposer la question ; si cela continue, prévenez mon opérateur (${ref}).`,
  parked: (ref) =>
    `J’ai mis cette demande de côté : j’ai trébuché dessus cinq fois. Merci de la formuler autrement ou de prévenir mon opérateur (${ref}).`,
  unpostable: (ref) =>
    `J’avais une réponse, mais Campfire ne l’a pas acceptée. Merci de me reposer la question ; si cela continue, prévenez mon opérateur (${ref}).`,
  outOfReach: (ref) =>
    `J’avais une réponse, mais Campfire est resté hors de ma portée pendant plus d’un jour. Si elle vous est encore utile, merci de me reposer la question (${ref}).`,
  tryingAgain: 'Le modèle est surchargé ; je continue d’essayer.',
  refused: 'Je ne peux pas vous aider pour cela : le modèle a refusé de répondre.',
  empty: 'Je n’ai rien à ajouter.',
  stopped: 'Arrêté.',
  stoppedHere: '(arrêté)',
  forgotten: {
    direct: 'Oublié : tout ce qui s’est dit ici, et ce que j’en avais gardé.',
    room: 'Oublié : je repars de zéro ici, et ce que vous m’avez dit a disparu de mes archives.',
  },
  cutOff: '(Je m’arrête ici : la réponse a atteint sa longueur maximale.)',
  atEnd:
    '(Je me suis arrêté ici : j’avais atteint ma limite pour une seule question. Dites-moi de continuer, ou demandez-m’en moins à la fois.)',
  partlyForgotten:
    '(Cette conversation était devenue trop longue, j’en ai donc oublié la partie la plus ancienne.)',
  whole: 'La réponse complète se trouve dans le fichier ci-dessous.',
  help: {
    who: (name, about) => `Je suis **${name}**. ${about}`,
    direct:
      'Il suffit de m’écrire ici. Je me souviens de notre conversation jusqu’à ce qu’elle reste un moment silencieuse.',
    room: 'Mentionnez-moi et je réponds. Je me souviens de ce qui m’est dit ici jusqu’à ce que ce soit resté un moment silencieux.',
    words: (forgets) =>
      `Un mot suffit pour : \`help\` (cette aide), \`stop\` (pendant que je travaille sur votre question), \`why\` (d’où vient ma dernière réponse), \`forget\` (${forgets}).`,
    forgets: {
      direct: 'tout ce qui s’est dit ici',
      room: 'repartir de zéro et effacer ce que vous m’avez dit',
    },
    limits: 'Je ne peux pas ouvrir les fichiers que vous publiez, et je ne vois que ce salon.',
  },
}
