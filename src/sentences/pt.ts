import type { Sentences } from '../sentences.ts'

export const pt: Sentences = {
  operator: (ref) =>
    `Não posso responder agora: há um problema que só quem me administra pode resolver. Por favor, avise essa pessoa e pergunte de novo quando estiver resolvido (${ref}).`,
  unavailable: (ref) =>
    `Não consegui responder: o modelo não estava disponível, embora eu tenha tentado várias vezes. Pergunte de novo mais tarde; se continuar, avise quem me administra (${ref}).`,
  tooLong: (ref) =>
    `Não consegui responder: isto é longo demais para mim. Pergunte de novo com menos texto (${ref}).`,
  failed: (ref) =>
    `Algo deu errado e não consegui responder. Pergunte de novo; se continuar, avise quem me administra (${ref}).`,
  parked: (ref) =>
    `Deixei isto de lado porque tropecei nele cinco vezes. Diga de outra forma ou avise quem me administra (${ref}).`,
  unpostable: (ref) =>
    `Eu tinha uma resposta, mas o Campfire não a aceitou. Pergunte de novo; se continuar, avise quem me administra (${ref}).`,
  outOfReach: (ref) =>
    `Eu tinha uma resposta, mas não consegui alcançar o Campfire por mais de um dia. Se ainda quiser, pergunte de novo (${ref}).`,
  tryingAgain: 'O modelo está sobrecarregado; continuo tentando.',
  refused: 'Não posso ajudar com isso: o modelo recusou-se a responder.',
  empty: 'Não tenho nada a acrescentar.',
  stopped: 'Parado.',
  stoppedHere: '(parado)',
  forgotten: {
    direct: 'Esquecido: tudo o que foi dito aqui e o que eu tinha guardado disso.',
    room: 'Esquecido: recomeço do zero aqui, e o que você me disse saiu do meu arquivo.',
  },
  cutOff: '(Parei aqui: a resposta chegou ao tamanho máximo.)',
  atEnd:
    '(Parei aqui: tinha chegado ao meu limite para uma só pergunta. Peça-me para continuar, ou pergunte menos de uma vez.)',
  partlyForgotten:
    '(Esta conversa tinha ficado longa demais, por isso esqueci a parte mais antiga.)',
  whole: 'A resposta completa está no arquivo abaixo.',
  help: {
    who: (name, about) => `Eu sou **${name}**. ${about}`,
    direct:
      'É só escrever aqui. Lembro-me da nossa conversa até que ela fique algum tempo em silêncio.',
    room: 'Mencione-me e eu respondo. Lembro-me do que me dizem aqui até que fique algum tempo em silêncio.',
    words: (forgets) =>
      `Basta uma palavra: \`help\` (esta ajuda), \`stop\` (enquanto trabalho na sua pergunta), \`why\` (como surgiu a minha última resposta), \`forget\` (${forgets}).`,
    forgets: {
      direct: 'tudo o que foi dito aqui',
      room: 'recomeçar do zero e apagar o que você me disse',
    },
    limits: 'Não consigo abrir arquivos que você publica, e só vejo esta sala.',
  },
}
