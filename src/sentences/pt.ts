import type { Sentences } from './interface.ts'
import { either, line } from './lists.ts'

export const pt: Sentences = {
  language: 'pt',
  locale: 'pt-BR',
  operator: (ref) =>
    `Não consigo responder agora. Há um problema que só quem me administra pode resolver. Avise essa pessoa, por favor, e me pergunte de novo quando estiver resolvido (${ref}).`,
  unavailable: (ref) =>
    `Desculpe, não consegui responder. Tentei várias vezes, mas não deu para falar com o modelo. Me pergunte de novo mais tarde. Se continuar acontecendo, avise quem me administra (${ref}).`,
  tooLong: (ref) =>
    `Desculpe, isso é mais texto do que consigo ler de uma vez. Me pergunte de novo com menos texto (${ref}).`,
  failed: (ref) =>
    `Desculpe, algo deu errado e não consegui responder. Me pergunte de novo. Se continuar acontecendo, avise quem me administra (${ref}).`,
  parked: (ref) =>
    `Desculpe, isto me deu problema várias vezes, então parei de tentar. Diga de outro jeito ou avise quem me administra (${ref}).`,
  unpostable: (ref) =>
    `Eu tinha uma resposta, mas o Campfire não a aceitou. Me pergunte de novo. Se continuar acontecendo, avise quem me administra (${ref}).`,
  inDoubt: (ref) =>
    `Enviei uma resposta, mas não consegui saber se ela chegou: talvez falte, ou apareça duas vezes. Se não a vir, me pergunte de novo (${ref}).`,
  mayBeMissing: (ref) =>
    `Enviei uma resposta, mas não consegui saber se ela chegou. Se não a vir, me pergunte de novo (${ref}).`,
  outOfReach: (ref) =>
    `Eu tinha uma resposta, mas não consegui alcançar o Campfire por mais de um dia. Se ainda quiser, pergunte de novo (${ref}).`,
  tryingAgain: 'O modelo está muito ocupado agora. Continuo tentando.',
  working: 'Estou tratando disso. Desta vez demora um pouco mais.',
  pickingUp: 'Fui interrompido e estou retomando a resposta',
  rests:
    'Vou descansar dez minutos: estamos há algum tempo a responder um ao outro sem pausa. Depois, pergunte-me de novo.',
  refused: 'Desculpe, não posso ajudar com isso. O modelo não quis responder.',
  empty: 'Não tenho mais nada a dizer sobre isso.',
  stopped: 'Tudo bem, parei.',
  stoppedHere: '(interrompido)',
  brokenOff: '(Fui interrompido aqui e não consegui continuar. Por favor, pergunte-me de novo.)',
  mentionMe:
    'Como há várias pessoas aqui, só respondo quando me mencionam, para que possam conversar entre si.',
  forgotten: {
    direct:
      'Pronto. Esqueci tudo o que conversamos aqui, os arquivos e tudo o que eu tinha guardado disso. As listas continuam. O que você me pediu para lembrar sobre você continua aqui. Diga se devo esquecer isso também.',
    room: 'Pronto. Aqui eu recomeço do zero. Tudo o que você me disse, seus arquivos, o que eu respondi e o que guardei para você foi apagado. O que guardo para outras pessoas continua, e as listas também. O que você me pediu para lembrar sobre você continua aqui. Diga se devo esquecer isso também.',
  },
  cutOff: '(Tive que parar aqui. Minhas respostas não podem ficar mais longas que isto.)',
  atEnd:
    '(Tive que parar aqui, porque cheguei ao meu limite para uma pergunta. Peça para eu continuar, ou pergunte um pouco menos de cada vez.)',
  partlyLeftOut:
    '(Tive de deixar de fora uma parte da nossa conversa anterior: o modelo já não a aceitava.)',
  serverTools: {
    searching: (query) => `A pesquisar “${query}” na web`,
    opening: (host) => `A abrir ${host}`,
    running: 'A executar código',
    lost: '(Tive de passar sem uma das minhas ferramentas para a web ou para código: aqui o modelo não a oferece. Amanhã tento de novo.)',
    notHanded: (names) => `(Não consegui entregar ${names} ao modelo e tive de passar sem isso.)`,
    made: {
      left: (items) => `(Nem tudo o que o código criou está aqui: ${items}.)`,
      unnamed: 'outro ficheiro',
      why: {
        kind: 'não é um ficheiro PNG, CSV, Excel nem PDF',
        large: 'demasiado grande',
        many: 'anexo cinco no máximo',
        lost: 'não o consegui obter',
        refused: 'o Campfire não o aceitou',
        unsure: 'pode estar em falta',
      },
    },
  },
  partlyForgotten:
    '(Nossa conversa ficou longa demais para mim, então esqueci a parte mais antiga.)',
  whole: 'A resposta completa está no arquivo abaixo.',
  limit: {
    yours: (until) =>
      `Seu limite de gastos está esgotado até ${until}, então não posso responder antes disso. Se precisar de mim antes, fale com a pessoa que me administra.`,
    room: (until) =>
      `O limite de gastos desta sala está esgotado até ${until}, então não posso responder aqui antes disso. Se precisar de mim antes, fale com a pessoa que me administra.`,
    mine: (until) =>
      `Meu limite de gastos está esgotado até ${until}, então não posso responder antes disso. Se precisar de mim antes, fale com a pessoa que me administra.`,
    everyones: (until) =>
      `O limite de gastos de todos os bots daqui está esgotado até ${until}, então não posso responder antes disso. Se precisar de mim antes, fale com a pessoa que me administra.`,
    waits:
      'O que resta do limite de gastos está reservado para outras respostas agora. Estou esperando que uma parte seja liberada.',
    tiedUp:
      'O resto do limite de gastos está reservado para outras respostas, e meu tempo acabou. Pergunte de novo daqui a um minuto, por favor.',
    yesWaits:
      'Não fiz o que você aprovou. Minha pergunta continua de pé: diga sim de novo mais tarde, por favor.',
    note: ({ whose, percent, spent, amount, until }) =>
      `Limite de ${whose}: ${percent}% gastos, ${spent} de ${amount}. Recomeça em ${until}.`,
  },
  help: {
    who: (name, about) => `Oi, eu sou **${name}**. ${about}`,
    direct:
      'É só me escrever aqui. Vou lembrar da nossa conversa até ela ficar um bom tempo em silêncio.',
    room: 'Me mencione e eu respondo. Vou lembrar do que me disserem aqui até ficar um bom tempo em silêncio.',
    examples: 'Você pode me pedir, por exemplo:',
    web: 'Procura na web os comboios para Bergün.',
    code: 'Faz um gráfico com os números da minha folha.',
    servers: (names) => `Também posso usar o que outros serviços oferecem: ${names}.`,
    words: (forgets) =>
      `Basta uma palavra: \`ajuda\` (isto que você está lendo), \`pare\` (enquanto trabalho na sua pergunta), \`por que\` (como surgiu minha última resposta), \`esquecer\` (${forgets}). Em inglês também funciona: \`help\`, \`stop\`, \`why\`, \`forget\`.`,
    forgets: {
      direct: 'tudo o que conversamos aqui',
      room: 'recomeço do zero e apago o que você me disse',
    },
    limits:
      'Dos arquivos que você publica só vejo o nome: pergunte sobre um e eu dou um link para deixá-lo. E só vejo esta sala.',
  },
  signInEnded: (server, bot) =>
    `Não estou mais conectado a **${server}**, então **${bot}** não pode usar as ferramentas dele. Entre de novo na página de ${bot}, por favor.`,
  approval: {
    run: (tool) => `Posso executar **${tool}**?`,
    several: (count) => `Posso fazer estas ${count} coisas? Uma resposta vale para todas.`,
    who: (you, others) => either([you ? `Você (${you})` : 'Você', ...others], ' ou '),
    someone: 'outra pessoa responsável',
    direct: (who) => `${who} pode responder *sim* ou *não* em até um dia.`,
    mention: (who, bot) => `${who} pode responder *@${bot} sim* ou *não* em até um dia.`,
    unnamed: (who) => `${who} pode me mencionar e responder *sim* ou *não* em até um dia.`,
    input: 'Eu usaria exatamente isto:',
    cut: (count) =>
      `(Para não ficar longo, ${count} caracteres não aparecem aqui. Eles também seriam usados.)`,
    goes: (what) => `Isto se perderia de vez: ${what}.`,
    more: (count) => `e mais ${count}`,
    late: (tools) => `Ninguém disse sim em um dia, então não executei ${tools}.`,
    unpaid: (tools) =>
      `Houve um sim, mas o limite de gastos não me deixou agir, e já passou um dia desde que perguntei. Então não executei ${tools}. Se ainda for necessário, peça de novo, por favor.`,
    granted: (who) => (who ? `Aprovado por ${who}` : 'Aprovado'),
    refused: (who) => (who ? `Recusado por ${who}` : 'Recusado'),
    withdrawn: 'Retirado',
    expired: 'Expirado',
  },
  files: {
    offer: (link) =>
      `Para me mostrar um arquivo, [deixe-o aqui](${link}) dentro de quinze minutos, ou cole o link de download do Campfire em uma mensagem para mim.`,
    paste:
      'Para me mostrar um arquivo, cole o link de download do Campfire em uma mensagem para mim.',
  },
  reminder: {
    kept: 'Os lembretes que ainda estão por vir também ficam.',
    refused: 'Está na hora de um lembrete, mas o Campfire não aceitou o texto dele.',
    foot: (number, by) => (by ? `Lembrete ${number}, de ${by}.` : `Lembrete ${number}.`),
    late: (span) => `Chega com atraso: ${span}.`,
    missed: (count, shown) =>
      count === 1 ? 'O anterior não foi enviado.' : `${shown} anteriores não foram enviados.`,
    paused: (who, numbers) =>
      `${who} não aparece aqui há 90 dias, por isso parei de fazer o que tinha pedido para fazer regularmente (${numbers}). Se ainda for preciso, diga-me para continuar.`,
  },
  why: {
    unknown: 'Não encontro nenhuma resposta minha ali. Não é minha, ou já faz tempo demais.',
    nothing: 'Ainda não disse nada aqui.',
    why: 'Motivo',
    reasons: {
      mentioned: 'fui mencionado',
      direct: 'aqui conversamos a sós',
      always: 'aqui respondo a tudo',
      files: 'deixaram um arquivo para mim',
      'not mentioned': 'fiquei em silêncio, ninguém me mencionou',
      'bots in a row': 'fiquei em silêncio, os bots só respondiam uns aos outros',
      'too many in a row': 'veio demais de uma vez, então fiz uma pausa',
      'taken back': 'fiquei em silêncio, a mensagem foi apagada',
      forgotten: 'fiquei em silêncio, as palavras foram esquecidas',
      cancelled: 'fiquei em silêncio, a tarefa foi cancelada',
      'answered elsewhere': 'fiquei em silêncio, já havia resposta',
      limit: 'fiquei em silêncio, um limite de gastos estava esgotado',
      'approval expired': 'ninguém disse sim a tempo',
      'approval unpaid': 'um limite de gastos impediu o que foi aprovado',
      'several people': 'várias pessoas falam aqui',
      note: 'quem me administra precisava saber',
    },
    scheduled: (number) => `era a hora do lembrete ${number}`,
    again: 'quem me administra me fez tentar de novo',
    read: 'Lido',
    tools: 'Ferramentas',
    took: 'Tempo e custo',
    line,
    word: 'uma só palavra, não precisou de modelo',
    messages: (count, shown) => (count === 1 ? 'uma mensagem' : `${shown} mensagens`),
    edited: 'na versão editada',
    others: 'o que outras pessoas disseram em volta',
    noOthers: 'nada de outras pessoas',
    forgotten: 'o resto já foi esquecido',
    tiers: {
      hot: 'nossa conversa, ainda na memória',
      warm: 'nossa conversa, lida do armazenamento',
      cold: 'nenhuma conversa anterior',
    },
    made: (names) => `anexados: ${names.join(', ')}`,
    noTools: 'nenhuma',
    outcomes: {
      ok: 'deu certo',
      error: 'falhou',
      unknown: 'talvez tenha sido feito, talvez não',
      intended: 'não foi feito',
      waiting: 'esperando um sim',
    },
    seconds: (shown) => `${shown} s`,
    tokens: ({ read, cached, written }) =>
      `${read} tokens lidos (${cached} do cache) e ${written} escritos`,
    missed: (reason) => `não veio do cache: ${reason}`,
    misses: {
      model_changed: 'outro modelo',
      system_changed: 'minhas instruções mudaram',
      tools_changed: 'minhas ferramentas mudaram',
      messages_changed: 'a conversa mudou',
    },
    noPrice: 'preço desconhecido',
    atMost: (cost) => `no máximo ${cost}`,
    models: (names) => names.join(', depois '),
    noModel: 'nenhuma resposta de um modelo',
    request: (id) => `solicitação ${id}`,
    failedRequest: (id) => `solicitação com falha ${id}`,
    version: (worker, bot) => `versão ${worker}, bot ${bot}`,
    ends: {
      silent: 'silêncio de propósito',
      stopped: 'interrompido no caminho',
      failed: 'falhou',
      parked: 'abandonado depois de várias quedas',
    },
    crashes: (count, shown) =>
      count === 1 ? 'recuperado de uma queda' : `recuperado de ${shown} quedas`,
    noCrashes: 'nenhuma queda',
    doubts: {
      'may stand twice': 'a resposta talvez esteja duas vezes aqui',
      'may be missing': 'a resposta talvez esteja faltando',
      'may stand twice or be missing': 'a resposta talvez esteja duas vezes aqui, ou faltando',
    },
  },
}
