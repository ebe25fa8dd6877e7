import type { InEach } from '../../languages.ts'

interface PageWords {
  asks: (address: string) => string
  status: (host: string) => string
}

export const WORDS: InEach<PageWords> = {
  en: { asks: (address) => `May I open **${address}**?`, status: (host) => `Opening ${host}` },
  de: {
    asks: (address) => `Darf ich **${address}** öffnen?`,
    status: (host) => `Ich öffne ${host}`,
  },
  es: { asks: (address) => `¿Puedo abrir **${address}**?`, status: (host) => `Abriendo ${host}` },
  fr: { asks: (address) => `Puis-je ouvrir **${address}** ?`, status: (host) => `J’ouvre ${host}` },
  it: {
    asks: (address) => `Posso aprire **${address}**?`,
    status: (host) => `Sto aprendo ${host}`,
  },
  ja: {
    asks: (address) => `**${address}** を開いてもいいですか？`,
    status: (host) => `${host} を開いています`,
  },
  nl: { asks: (address) => `Mag ik **${address}** openen?`, status: (host) => `Ik open ${host}` },
  pt: { asks: (address) => `Posso abrir **${address}**?`, status: (host) => `A abrir ${host}` },
  zh: { asks: (address) => `我可以打开 **${address}** 吗？`, status: (host) => `正在打开 ${host}` },
}

/** What people ask for, and this answers. */
export const EXAMPLES: InEach<string[]> = {
  en: ['What does this page say? https://example.com'],
  de: ['Was steht auf dieser Seite? https://example.com'],
  es: ['¿Qué dice esta página? https://example.com'],
  fr: ['Que dit cette page ? https://example.com'],
  it: ['Cosa dice questa pagina? https://example.com'],
  ja: ['このページには何が書いてありますか？ https://example.com'],
  nl: ['Wat staat er op deze pagina? https://example.com'],
  pt: ['O que diz esta página? https://example.com'],
  zh: ['这个网页讲了什么？https://example.com'],
}
