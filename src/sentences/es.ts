import type { Sentences } from '../sentences.ts'

export const es: Sentences = {
  operator: (ref) =>
    `Ahora mismo no puedo responder: hay un problema que solo puede resolver quien me administra. Avísale, por favor, y pregúntame de nuevo cuando esté resuelto (${ref}).`,
  unavailable: (ref) =>
    `No he podido responder: el modelo no estaba disponible, aunque lo intenté varias veces. Pregúntame de nuevo más tarde; si sigue así, avisa a quien me administra (${ref}).`,
  tooLong: (ref) =>
    `No he podido responder: esto es demasiado largo para mí. Pregúntame de nuevo con menos texto (${ref}).`,
  failed: (ref) =>
    `Algo salió mal y no he podido responder. Pregúntame de nuevo; si sigue así, avisa a quien me administra (${ref}).`,
  parked: (ref) =>
    `He dejado esto a un lado porque tropecé con ello cinco veces. Dilo de otra manera o avisa a quien me administra (${ref}).`,
  unpostable: (ref) =>
    `Tenía una respuesta, pero Campfire no la aceptó. Pregúntame de nuevo; si sigue así, avisa a quien me administra (${ref}).`,
  outOfReach: (ref) =>
    `Tenía una respuesta, pero no pude llegar a Campfire durante más de un día. Si todavía la quieres, pregúntame de nuevo (${ref}).`,
  tryingAgain: 'El modelo está saturado; sigo intentándolo.',
  refused: 'No puedo ayudar con eso: el modelo se negó a responder.',
  empty: 'No tengo nada que añadir.',
  stopped: 'Detenido.',
  stoppedHere: '(detenido)',
  forgotten: {
    direct: 'Olvidado: todo lo que se dijo aquí y lo que había guardado de ello.',
    room: 'Olvidado: aquí empiezo de cero, y lo que me dijiste ya no está en mi archivo.',
  },
  cutOff: '(Me detengo aquí: la respuesta ha llegado a su longitud máxima.)',
  atEnd:
    '(Me he detenido aquí: había llegado a mi límite para una sola pregunta. Dime que siga, o pídeme menos de una vez.)',
  partlyForgotten:
    '(Esta conversación se había vuelto demasiado larga, así que he olvidado su parte más antigua.)',
  whole: 'La respuesta completa está en el archivo de abajo.',
  help: {
    who: (name, about) => `Soy **${name}**. ${about}`,
    direct:
      'Escríbeme aquí sin más. Recuerdo nuestra conversación hasta que pase un rato en silencio.',
    room: 'Mencióname y respondo. Recuerdo lo que se me dice aquí hasta que pase un rato en silencio.',
    words: (forgets) =>
      `Basta una palabra: \`help\` (esta ayuda), \`stop\` (mientras trabajo en tu pregunta), \`why\` (cómo surgió mi última respuesta), \`forget\` (${forgets}).`,
    forgets: {
      direct: 'todo lo que se dijo aquí',
      room: 'empezar de cero y borrar lo que me dijiste',
    },
    limits: 'No puedo abrir los archivos que publicas, y solo veo esta sala.',
  },
}
