import type { Sentences } from './interface.ts'
import { either, line } from './lists.ts'

export const es: Sentences = {
  language: 'es',
  locale: 'es-ES',
  operator: (ref) =>
    `Ahora mismo no puedo responder. Hay un problema que solo puede resolver quien me administra. Avísale, por favor, y pregúntame otra vez cuando esté arreglado (${ref}).`,
  unavailable: (ref) =>
    `Lo siento, no he podido responder. Lo he intentado varias veces, pero no he podido conectar con el modelo. Pregúntame otra vez más tarde. Si sigue pasando, avisa a quien me administra (${ref}).`,
  tooLong: (ref) =>
    `Lo siento, es más texto del que puedo leer de una vez. Pregúntame otra vez con menos (${ref}).`,
  failed: (ref) =>
    `Lo siento, algo ha ido mal y no he podido responder. Pregúntame otra vez. Si sigue pasando, avisa a quien me administra (${ref}).`,
  parked: (ref) =>
    `Lo siento, esto me ha dado problemas varias veces y he dejado de intentarlo. Dímelo de otra manera o avisa a quien me administra (${ref}).`,
  unpostable: (ref) =>
    `Tenía una respuesta, pero Campfire no la ha aceptado. Pregúntame otra vez. Si sigue pasando, avisa a quien me administra (${ref}).`,
  inDoubt: (ref) =>
    `He enviado una respuesta, pero no he podido saber si ha llegado: puede que falte, o que esté dos veces. Si no la ves, pregúntame otra vez (${ref}).`,
  mayBeMissing: (ref) =>
    `He enviado una respuesta, pero no he podido saber si ha llegado. Si no la ves, pregúntame otra vez (${ref}).`,
  outOfReach: (ref) =>
    `Tenía una respuesta, pero no pude llegar a Campfire durante más de un día. Si todavía la quieres, pregúntame de nuevo (${ref}).`,
  tryingAgain: 'El modelo está muy ocupado ahora mismo. Sigo intentándolo.',
  working: 'Estoy en ello. Esta vez tardo un poco más.',
  pickingUp: 'Se me interrumpió y estoy retomando la respuesta',
  rests:
    'Descansaré diez minutos: llevamos un buen rato respondiéndonos sin pausa. Después, pregúntame de nuevo.',
  refused: 'Lo siento, no puedo ayudarte con eso. El modelo no ha querido responder.',
  empty: 'No tengo nada que añadir.',
  stopped: 'Vale, lo dejo.',
  stoppedHere: '(interrumpido)',
  brokenOff: '(Aquí se me interrumpió y no pude seguir. Por favor, vuelve a preguntarme.)',
  mentionMe:
    'Como aquí hay varias personas, solo respondo cuando me mencionan, para que podáis hablar entre vosotros.',
  forgotten: {
    direct:
      'Listo. He olvidado todo lo que hablamos aquí, los archivos y todo lo que había guardado de ello. Las listas se quedan. Lo que me pediste que recordara de ti sigue ahí. Dime si también quieres que lo olvide.',
    room: 'Listo. Aquí empiezo de cero. Todo lo que me dijiste, los archivos que me diste, lo que te respondí y lo que guardé para ti está borrado. Lo que guardo para otros se queda, y las listas también. Lo que me pediste que recordara de ti sigue ahí. Dime si también quieres que lo olvide.',
  },
  cutOff: '(Tengo que parar aquí. Mis respuestas no pueden ser más largas.)',
  atEnd:
    '(He tenido que parar aquí porque había llegado a mi límite para una pregunta. Dime que siga, o pídeme un poco menos de una vez.)',
  partlyLeftOut:
    '(He tenido que dejar fuera una parte de nuestra conversación anterior: el modelo ya no la aceptaba.)',
  serverTools: {
    searching: (query) => `Buscando «${query}» en la web`,
    opening: (host) => `Abriendo ${host}`,
    running: 'Ejecutando código',
    lost: '(He tenido que prescindir de una de mis herramientas para la web o para código: aquí el modelo no la ofrece. Mañana lo intento de nuevo.)',
    notHanded: (names) =>
      `(No he podido entregar ${names} al modelo y he tenido que seguir sin ello.)`,
    made: {
      left: (items) => `(No todo lo que generó el código está aquí: ${items}.)`,
      unnamed: 'otro archivo',
      why: {
        kind: 'no es un archivo PNG, CSV, Excel ni PDF',
        large: 'demasiado grande',
        many: 'adjunto cinco como máximo',
        lost: 'no he podido descargarlo',
        refused: 'Campfire no lo ha aceptado',
        unsure: 'puede que falte',
      },
    },
  },
  partlyForgotten:
    '(Nuestra conversación se me ha hecho demasiado larga, así que he olvidado la parte más antigua.)',
  whole: 'La respuesta completa está en el archivo de abajo.',
  limit: {
    yours: (until) =>
      `Tu límite de gasto está agotado hasta el ${until}, así que no puedo responder antes. Si me necesitas antes, pregunta a la persona que me gestiona.`,
    room: (until) =>
      `El límite de gasto de esta sala está agotado hasta el ${until}, así que no puedo responder aquí antes. Si me necesitas antes, pregunta a la persona que me gestiona.`,
    mine: (until) =>
      `Mi límite de gasto está agotado hasta el ${until}, así que no puedo responder antes. Si me necesitas antes, pregunta a la persona que me gestiona.`,
    everyones: (until) =>
      `El límite de gasto de todos los bots de aquí está agotado hasta el ${until}, así que no puedo responder antes. Si me necesitas antes, pregunta a la persona que me gestiona.`,
    waits:
      'Lo que queda del límite de gasto está reservado ahora para otras respuestas. Espero a que se libere una parte.',
    tiedUp:
      'El resto del límite de gasto está reservado para otras respuestas y se me ha acabado el tiempo. Vuelve a preguntarme dentro de un minuto, por favor.',
    yesWaits:
      'No he hecho lo que has aprobado. Mi pregunta sigue en pie: vuelve a decir que sí más tarde, por favor.',
    note: ({ whose, percent, spent, amount, until }) =>
      `Límite de ${whose}: se ha gastado el ${percent} %, ${spent} de ${amount}. Vuelve a empezar el ${until}.`,
  },
  help: {
    who: (name, about) => `Hola, soy **${name}**. ${about}`,
    direct:
      'Escríbeme aquí sin más. Recordaré nuestra conversación hasta que pase un buen rato en silencio.',
    room: 'Mencióname y te respondo. Recordaré lo que se me diga aquí hasta que pase un buen rato en silencio.',
    examples: 'Puedes pedirme, por ejemplo:',
    web: 'Busca en la web los trenes a Bergün.',
    code: 'Haz un gráfico con los números de mi hoja.',
    servers: (names) => `También puedo usar lo que ofrecen otros servicios: ${names}.`,
    words: (forgets) =>
      `Basta una palabra: \`ayuda\` (esto que lees), \`detente\` (mientras trabajo en tu pregunta), \`por qué\` (cómo surgió mi última respuesta), \`olvida\` (${forgets}). En inglés también vale: \`help\`, \`stop\`, \`why\`, \`forget\`.`,
    forgets: {
      direct: 'todo lo que hablamos aquí',
      room: 'empiezo de cero y borro lo que me dijiste',
    },
    limits:
      'De los archivos que publicas solo veo el nombre: pregúntame por uno y te daré un enlace para dejarlo. Y solo veo esta sala.',
  },
  signInEnded: (server, bot) =>
    `Ya no tengo la sesión iniciada en **${server}**, así que **${bot}** no puede usar sus herramientas. Vuelve a iniciar sesión en la página de ${bot}, por favor.`,
  approval: {
    run: (tool) => `¿Puedo ejecutar **${tool}**?`,
    several: (count) => `¿Puedo hacer estas ${count} cosas? Una respuesta vale para todas.`,
    who: (you, others) => either([you ? `tú (${you})` : 'tú', ...others], ' o '),
    someone: 'otra persona responsable',
    direct: (who) => `Puedes responder ${who}, con *sí* o *no*, en el plazo de un día.`,
    mention: (who, bot) =>
      `Puedes responder ${who}, con *@${bot} sí* o *no*, en el plazo de un día.`,
    unnamed: (who) =>
      `Puedes responder ${who}, mencionándome y con *sí* o *no*, en el plazo de un día.`,
    input: 'Usaría exactamente esto:',
    cut: (count) => `(Para no alargarme, aquí no se ven ${count} caracteres. También se usarían.)`,
    goes: (what) => `Se perdería para siempre: ${what}.`,
    more: (count) => `y ${count} más`,
    late: (tools) => `Nadie ha dicho que sí en un día, así que no he ejecutado ${tools}.`,
    unpaid: (tools) =>
      `Hubo un sí, pero el límite de gasto no me dejó hacerlo, y ha pasado un día desde que pregunté. Así que no he ejecutado ${tools}. Si aún hace falta, pídemelo de nuevo, por favor.`,
    granted: (who) => (who ? `Aprobado por ${who}` : 'Aprobado'),
    refused: (who) => (who ? `Rechazado por ${who}` : 'Rechazado'),
    withdrawn: 'Retirado',
    expired: 'Caducado',
  },
  files: {
    offer: (link) =>
      `Para enseñarme un archivo, [déjalo aquí](${link}) en el próximo cuarto de hora, o pega su enlace de descarga de Campfire en un mensaje para mí.`,
    paste:
      'Para enseñarme un archivo, pega su enlace de descarga de Campfire en un mensaje para mí.',
  },
  reminder: {
    kept: 'Los recordatorios pendientes también se quedan.',
    refused: 'Toca un recordatorio, pero Campfire no ha aceptado su texto.',
    foot: (number, by) => (by ? `Recordatorio ${number}, de ${by}.` : `Recordatorio ${number}.`),
    late: (span) => `Llega con retraso: ${span}.`,
    missed: (count, shown) =>
      count === 1 ? 'El anterior no se envió.' : `${shown} anteriores no se enviaron.`,
    paused: (who, numbers) =>
      `${who} lleva 90 días sin pasar por aquí, así que he dejado de hacer lo que me había pedido hacer con regularidad (${numbers}). Si aún hace falta, dime que siga.`,
  },
  why: {
    unknown: 'Ahí no encuentro ninguna respuesta mía. No es mía, o es de hace demasiado tiempo.',
    nothing: 'Todavía no he dicho nada aquí.',
    why: 'Motivo',
    reasons: {
      mentioned: 'me mencionaron',
      direct: 'aquí hablamos a solas',
      always: 'aquí respondo a todo',
      files: 'me dejaron un archivo',
      'not mentioned': 'guardé silencio, nadie me mencionó',
      'bots in a row': 'guardé silencio, los bots ya solo se respondían entre sí',
      'too many in a row': 'llegó demasiado a la vez y me tomé un descanso',
      'taken back': 'guardé silencio, el mensaje se borró',
      forgotten: 'guardé silencio, las palabras se habían olvidado',
      cancelled: 'guardé silencio, la tarea se había cancelado',
      'answered elsewhere': 'guardé silencio, ya estaba respondido',
      limit: 'guardé silencio, un límite de gasto estaba agotado',
      'approval expired': 'nadie dijo que sí a tiempo',
      'approval unpaid': 'un límite de gasto impidió hacer lo aprobado',
      'several people': 'aquí hablan varias personas',
      note: 'quien me gestiona debía saberlo',
    },
    scheduled: (number) => `tocaba el recordatorio ${number}`,
    again: 'quien me gestiona me hizo intentarlo de nuevo',
    read: 'Leído',
    tools: 'Herramientas',
    took: 'Tiempo y coste',
    line,
    word: 'una sola palabra, no hizo falta ningún modelo',
    messages: (count, shown) => (count === 1 ? 'un mensaje' : `${shown} mensajes`),
    edited: 'en su versión editada',
    others: 'lo que otros dijeron alrededor',
    noOthers: 'nada de nadie más',
    forgotten: 'lo demás se ha olvidado desde entonces',
    tiers: {
      hot: 'nuestra conversación, aún en memoria',
      warm: 'nuestra conversación, recuperada del almacenamiento',
      cold: 'ninguna conversación anterior',
    },
    made: (names) => `adjuntos: ${names.join(', ')}`,
    noTools: 'ninguna',
    outcomes: {
      ok: 'bien',
      error: 'falló',
      unknown: 'quizá se hizo, quizá no',
      intended: 'sin hacer',
      waiting: 'espera un sí',
    },
    seconds: (shown) => `${shown} s`,
    tokens: ({ read, cached, written }) =>
      `${read} tokens leídos (${cached} de la caché) y ${written} escritos`,
    missed: (reason) => `no salió de la caché: ${reason}`,
    misses: {
      model_changed: 'otro modelo',
      system_changed: 'mis instrucciones habían cambiado',
      tools_changed: 'mis herramientas habían cambiado',
      messages_changed: 'la conversación había cambiado',
    },
    noPrice: 'precio desconocido',
    atMost: (cost) => `como mucho ${cost}`,
    models: (names) => names.join(', luego '),
    noModel: 'sin respuesta de ningún modelo',
    request: (id) => `solicitud ${id}`,
    failedRequest: (id) => `solicitud fallida ${id}`,
    version: (worker, bot) => `versión ${worker}, bot ${bot}`,
    ends: {
      silent: 'silencio a propósito',
      stopped: 'interrumpido a medias',
      failed: 'falló',
      parked: 'abandonado tras varias caídas',
    },
    crashes: (count, shown) =>
      count === 1 ? 'recuperado de una caída' : `recuperado de ${shown} caídas`,
    noCrashes: 'ninguna caída',
    doubts: {
      'may stand twice': 'puede que la respuesta esté dos veces',
      'may be missing': 'puede que falte la respuesta',
      'may stand twice or be missing': 'puede que la respuesta esté dos veces, o que falte',
    },
  },
}
