import type { Sentences } from './interface.ts'
import { either, line } from './lists.ts'

export const fr: Sentences = {
  language: 'fr',
  locale: 'fr-FR',
  operator: (ref) =>
    `Je ne peux pas répondre pour le moment. Il y a un problème que seul mon opérateur peut régler. Prévenez-le, s’il vous plaît, puis reposez-moi la question (${ref}).`,
  unavailable: (ref) =>
    `Désolé, je n’ai pas pu répondre. J’ai essayé plusieurs fois, mais le modèle est resté injoignable. Reposez-moi la question plus tard. Si cela se reproduit, prévenez mon opérateur (${ref}).`,
  tooLong: (ref) =>
    `Désolé, c’est plus de texte que je ne peux en lire d’un coup. Reposez-moi la question avec moins de texte (${ref}).`,
  failed: (ref) =>
    `Désolé, quelque chose s’est mal passé et je n’ai pas pu répondre. Reposez-moi la question. Si cela se reproduit, prévenez mon opérateur (${ref}).`,
  parked: (ref) =>
    `Désolé, j’ai buté plusieurs fois sur cette demande, alors j’arrête d’essayer. Formulez-la autrement ou prévenez mon opérateur (${ref}).`,
  unpostable: (ref) =>
    `J’avais une réponse, mais Campfire ne l’a pas acceptée. Reposez-moi la question. Si cela se reproduit, prévenez mon opérateur (${ref}).`,
  inDoubt: (ref) =>
    `J’ai envoyé une réponse, mais je n’ai pas pu savoir si elle est arrivée : elle manque peut-être, ou figure ici deux fois. Si vous ne la voyez pas, reposez-moi la question (${ref}).`,
  mayBeMissing: (ref) =>
    `J’ai envoyé une réponse, mais je n’ai pas pu savoir si elle est arrivée. Si vous ne la voyez pas, reposez-moi la question (${ref}).`,
  outOfReach: (ref) =>
    `J’avais une réponse, mais Campfire est resté hors de ma portée pendant plus d’un jour. Si elle vous est encore utile, merci de me reposer la question (${ref}).`,
  tryingAgain: 'Le modèle est très sollicité en ce moment. Je continue d’essayer.',
  working: 'Je m’en occupe. Cette fois, cela prend un peu plus de temps.',
  pickingUp: 'J’ai été interrompu et je reprends la réponse',
  rests:
    'Je fais une pause de dix minutes : nous nous répondons sans arrêt depuis un moment. Ensuite, redemandez-moi.',
  refused: 'Désolé, je ne peux pas vous aider là-dessus. Le modèle n’a pas voulu répondre.',
  empty: 'Je n’ai rien à ajouter.',
  stopped: 'D’accord, je m’arrête.',
  stoppedHere: '(interrompu)',
  brokenOff: '(J’ai été interrompu ici et n’ai pas pu continuer. Merci de me le redemander.)',
  mentionMe:
    'Comme vous êtes plusieurs ici, je ne réponds que lorsqu’on me mentionne, pour vous laisser parler entre vous.',
  forgotten: {
    direct:
      'C’est fait. J’ai oublié tout ce que nous nous sommes dit ici, les fichiers et tout ce que j’en avais gardé. Les listes restent. Ce que vous m’avez demandé de retenir à votre sujet est toujours là. Dites-moi si je dois l’oublier aussi.',
    room: 'C’est fait. Je repars de zéro ici. Tout ce que vous m’avez dit, vos fichiers, mes réponses et ce que j’avais gardé pour vous est effacé. Ce que je garde pour d’autres reste, et les listes aussi. Ce que vous m’avez demandé de retenir à votre sujet est toujours là. Dites-moi si je dois l’oublier aussi.',
  },
  cutOff: '(Je dois m’arrêter ici. Mes réponses ne peuvent pas être plus longues.)',
  atEnd:
    '(J’ai dû m’arrêter ici, car j’avais atteint ma limite pour une question. Dites-moi de continuer, ou demandez-m’en un peu moins à la fois.)',
  partlyLeftOut:
    "(J'ai dû laisser de côté une partie de notre conversation précédente : le modèle ne l'acceptait plus.)",
  serverTools: {
    searching: (query) => `Je cherche « ${query} » sur le web`,
    opening: (host) => `J’ouvre ${host}`,
    running: 'J’exécute du code',
    lost: '(J’ai dû me passer d’un de mes outils pour le web ou le code : ici, le modèle ne le propose pas. Je réessaierai demain.)',
    notHanded: (names) =>
      `(Je n’ai pas pu transmettre ${names} au modèle, j’ai donc dû m’en passer.)`,
    made: {
      left: (items) => `(Tout ce que le code a produit n’est pas ici : ${items}.)`,
      unnamed: 'un autre fichier',
      why: {
        kind: 'ni PNG, ni CSV, ni Excel, ni PDF',
        large: 'trop volumineux',
        many: 'j’en joins cinq au maximum',
        lost: 'je n’ai pas pu le récupérer',
        refused: 'Campfire ne l’a pas accepté',
        unsure: 'il manque peut-être',
      },
    },
  },
  partlyForgotten:
    '(Notre conversation est devenue trop longue pour moi, j’en ai donc oublié le début.)',
  whole: 'La réponse complète se trouve dans le fichier ci-dessous.',
  limit: {
    yours: (until) =>
      `Votre limite de dépenses est épuisée jusqu’au ${until}, je ne peux pas répondre avant. Si vous avez besoin de moi plus tôt, adressez-vous à la personne qui me gère.`,
    room: (until) =>
      `La limite de dépenses de ce salon est épuisée jusqu’au ${until}, je ne peux pas répondre ici avant. Si vous avez besoin de moi plus tôt, adressez-vous à la personne qui me gère.`,
    mine: (until) =>
      `Ma limite de dépenses est épuisée jusqu’au ${until}, je ne peux pas répondre avant. Si vous avez besoin de moi plus tôt, adressez-vous à la personne qui me gère.`,
    everyones: (until) =>
      `La limite de dépenses de tous les bots d’ici est épuisée jusqu’au ${until}, je ne peux pas répondre avant. Si vous avez besoin de moi plus tôt, adressez-vous à la personne qui me gère.`,
    waits:
      'Ce qui reste de la limite de dépenses est réservé en ce moment à d’autres réponses. J’attends qu’une partie se libère.',
    tiedUp:
      'Le reste de la limite de dépenses est réservé à d’autres réponses, et je n’ai plus de temps. Redemandez-moi dans une minute, s’il vous plaît.',
    yesWaits:
      'Je n’ai pas fait ce que vous avez approuvé. Ma question tient toujours : dites oui à nouveau plus tard, s’il vous plaît.',
    note: ({ whose, percent, spent, amount, until }) =>
      `Limite de ${whose} : ${percent} % dépensés, ${spent} sur ${amount}. Elle repart le ${until}.`,
  },
  help: {
    who: (name, about) => `Bonjour, je suis **${name}**. ${about}`,
    direct:
      'Écrivez-moi simplement ici. Je me souviens de notre conversation tant qu’elle ne reste pas trop longtemps silencieuse.',
    room: 'Mentionnez-moi et je vous réponds. Je me souviens de ce qu’on me dit ici tant que cela ne reste pas trop longtemps silencieux.',
    examples: 'Vous pouvez me demander, par exemple :',
    web: 'Cherchez sur le web les trains pour Bergün.',
    code: 'Faites un graphique des chiffres de mon tableau.',
    servers: (names) => `Je peux aussi utiliser ce que proposent d’autres services : ${names}.`,
    words: (forgets) =>
      `Un seul mot suffit : \`aide\` (ce que vous lisez), \`arrête\` (pendant que je travaille sur votre question), \`pourquoi\` (d’où vient ma dernière réponse), \`oublier\` (${forgets}). L’anglais marche aussi : \`help\`, \`stop\`, \`why\`, \`forget\`.`,
    forgets: {
      direct: 'tout ce que nous nous sommes dit ici',
      room: 'je repars de zéro et j’efface ce que vous m’avez dit',
    },
    limits:
      'Des fichiers que vous publiez je ne vois que le nom : interrogez-moi et je vous donnerai un lien pour les déposer. Et je ne vois que ce salon.',
  },
  signInEnded: (server, bot) =>
    `Je ne suis plus connecté à **${server}** : **${bot}** ne peut donc pas utiliser ses outils. Merci de vous reconnecter sur la page de ${bot}.`,
  approval: {
    run: (tool) => `Puis-je lancer **${tool}** ?`,
    several: (count) => `Puis-je faire ces ${count} choses ? Une seule réponse vaut pour toutes.`,
    who: (you, others) => {
      const who = either([you ? `Vous (${you})` : 'Vous', ...others], ' ou ')
      return others.length ? `${who}, vous` : who
    },
    someone: 'une autre personne responsable',
    direct: (who) => `${who} pouvez répondre *oui* ou *non* d’ici demain à la même heure.`,
    mention: (who, bot) =>
      `${who} pouvez répondre *@${bot} oui* ou *non* d’ici demain à la même heure.`,
    unnamed: (who) =>
      `${who} pouvez me mentionner et répondre *oui* ou *non* d’ici demain à la même heure.`,
    input: 'Voici exactement ce que j’utiliserais :',
    cut: (count) =>
      `(Pour faire court, ${count} caractères ne sont pas affichés ici. Ils seraient utilisés aussi.)`,
    goes: (what) => `Serait perdu pour de bon : ${what}.`,
    more: (count) => `et ${count} de plus`,
    late: (tools) => `Personne n’a dit oui en un jour, je n’ai donc pas lancé ${tools}.`,
    unpaid: (tools) =>
      `Il y a eu un oui, mais la limite de dépenses m’a empêché d’y donner suite, et un jour a passé depuis ma question. Je n’ai donc pas lancé ${tools}. Redemandez-le-moi si c’est encore utile.`,
    granted: (who) => (who ? `Approuvé par ${who}` : 'Approuvé'),
    refused: (who) => (who ? `Refusé par ${who}` : 'Refusé'),
    withdrawn: 'Retiré',
    expired: 'Expiré',
  },
  files: {
    offer: (link) =>
      `Pour me montrer un fichier, [déposez-le ici](${link}) dans le quart d’heure, ou collez son lien de téléchargement Campfire dans un message qui m’est adressé.`,
    paste:
      'Pour me montrer un fichier, collez son lien de téléchargement Campfire dans un message qui m’est adressé.',
  },
  reminder: {
    kept: 'Les rappels à venir restent aussi.',
    refused: 'Un rappel est arrivé à échéance, mais Campfire n’a pas accepté son texte.',
    foot: (number, by) => (by ? `Rappel ${number}, de ${by}.` : `Rappel ${number}.`),
    late: (span) => `Il arrive en retard : ${span}.`,
    missed: (count, shown) =>
      count === 1
        ? 'Le précédent n’a pas été envoyé.'
        : `${shown} précédents n’ont pas été envoyés.`,
    paused: (who, numbers) =>
      `${who} n’est pas venu ici depuis 90 jours : j’ai donc suspendu ce que je devais faire régulièrement (${numbers}). Dites-moi de reprendre si c’est encore utile.`,
  },
  why: {
    unknown:
      'Je ne trouve pas de réponse de moi à cet endroit. Elle n’est pas de moi, ou elle est trop ancienne.',
    nothing: 'Je n’ai encore rien dit ici.',
    why: 'Raison',
    reasons: {
      mentioned: 'on m’a mentionné',
      direct: 'nous parlons ici à deux',
      always: 'je réponds à tout ici',
      files: 'un fichier m’a été remis',
      'not mentioned': 'je me suis tu, personne ne m’a mentionné',
      'bots in a row': 'je me suis tu, les bots ne faisaient que se répondre',
      'too many in a row': 'trop à la fois, j’ai donc fait une pause',
      'taken back': 'je me suis tu, le message a été supprimé',
      forgotten: 'je me suis tu, les mots étaient oubliés',
      cancelled: 'je me suis tu, la tâche était annulée',
      'answered elsewhere': 'je me suis tu, c’était déjà répondu',
      limit: 'je me suis tu, une limite de dépenses était épuisée',
      'approval expired': 'personne n’a dit oui à temps',
      'approval unpaid': 'une limite de dépenses a empêché ce qui était approuvé',
      'several people': 'plusieurs personnes parlent ici',
      note: 'la personne qui me gère devait le savoir',
    },
    scheduled: (number) => `le rappel ${number} était dû`,
    again: 'la personne qui me gère m’a fait réessayer',
    read: 'Lu',
    tools: 'Outils',
    took: 'Durée et coût',
    line: (label, said, ref) => line(`${label} `, said, ref),
    word: 'un seul mot, pas besoin de modèle',
    messages: (count, shown) => (count === 1 ? 'un message' : `${shown} messages`),
    edited: 'dans sa version modifiée',
    others: 'ce que d’autres ont dit autour',
    noOthers: 'rien de personne d’autre',
    forgotten: 'le reste a été oublié depuis',
    tiers: {
      hot: 'notre conversation, encore en mémoire',
      warm: 'notre conversation, relue depuis le stockage',
      cold: 'aucune conversation précédente',
    },
    made: (names) => `joint : ${names.join(', ')}`,
    noTools: 'aucun',
    outcomes: {
      ok: 'réussi',
      error: 'échoué',
      unknown: 'peut-être fait, peut-être pas',
      intended: 'pas fait',
      waiting: 'attend un oui',
    },
    seconds: (shown) => `${shown} s`,
    tokens: ({ read, cached, written }) =>
      `${read} jetons lus (dont ${cached} en cache) et ${written} écrits`,
    missed: (reason) => `pas depuis le cache : ${reason}`,
    misses: {
      model_changed: 'un autre modèle',
      system_changed: 'mes instructions avaient changé',
      tools_changed: 'mes outils avaient changé',
      messages_changed: 'la conversation avait changé',
    },
    noPrice: 'prix inconnu',
    atMost: (cost) => `au plus ${cost}`,
    models: (names) => names.join(', puis '),
    noModel: 'aucune réponse d’un modèle',
    request: (id) => `requête ${id}`,
    failedRequest: (id) => `requête échouée ${id}`,
    version: (worker, bot) => `version ${worker} du Worker, bot ${bot}`,
    ends: {
      silent: 'silence voulu',
      stopped: 'interrompu en route',
      failed: 'échec',
      parked: 'abandonné après plusieurs plantages',
    },
    crashes: (count, shown) =>
      count === 1 ? 'remis d’un plantage' : `remis de ${shown} plantages`,
    noCrashes: 'aucun plantage',
    doubts: {
      'may stand twice': 'la réponse est peut-être là deux fois',
      'may be missing': 'la réponse manque peut-être',
      'may stand twice or be missing': 'la réponse est peut-être là deux fois, ou manque',
    },
  },
}
