import type { InEach } from '../../languages.ts'

interface McpWords {
  asks: (tool: string, server: string) => string
  status: (tool: string, server: string) => string
  look: { asks: (server: string) => string; status: (server: string) => string }
}

export const WORDS: InEach<McpWords> = {
  en: {
    asks: (tool, server) => `May I use **${tool}** of **${server}**?`,
    status: (tool, server) => `Asking ${server}: ${tool}`,
    look: {
      asks: (server) => `May I look at what **${server}** offers?`,
      status: (server) => `Looking at what ${server} offers`,
    },
  },
  de: {
    asks: (tool, server) => `Darf ich **${tool}** von **${server}** benutzen?`,
    status: (tool, server) => `Ich frage ${server}: ${tool}`,
    look: {
      asks: (server) => `Darf ich nachsehen, was **${server}** anbietet?`,
      status: (server) => `Ich sehe nach, was ${server} anbietet`,
    },
  },
  es: {
    asks: (tool, server) => `¿Puedo usar **${tool}** de **${server}**?`,
    status: (tool, server) => `Preguntando a ${server}: ${tool}`,
    look: {
      asks: (server) => `¿Puedo mirar qué ofrece **${server}**?`,
      status: (server) => `Mirando qué ofrece ${server}`,
    },
  },
  fr: {
    asks: (tool, server) => `Puis-je utiliser **${tool}** de **${server}** ?`,
    status: (tool, server) => `J’interroge ${server} : ${tool}`,
    look: {
      asks: (server) => `Puis-je regarder ce que propose **${server}** ?`,
      status: (server) => `Je regarde ce que propose ${server}`,
    },
  },
  it: {
    asks: (tool, server) => `Posso usare **${tool}** di **${server}**?`,
    status: (tool, server) => `Sto chiedendo a ${server}: ${tool}`,
    look: {
      asks: (server) => `Posso guardare che cosa offre **${server}**?`,
      status: (server) => `Guardo che cosa offre ${server}`,
    },
  },
  ja: {
    asks: (tool, server) => `**${server}** の **${tool}** を使ってもいいですか？`,
    status: (tool, server) => `${server} に問い合わせています: ${tool}`,
    look: {
      asks: (server) => `**${server}** で何ができるか確認してもいいですか？`,
      status: (server) => `${server} で何ができるか確認しています`,
    },
  },
  nl: {
    asks: (tool, server) => `Mag ik **${tool}** van **${server}** gebruiken?`,
    status: (tool, server) => `Ik vraag het aan ${server}: ${tool}`,
    look: {
      asks: (server) => `Mag ik bekijken wat **${server}** te bieden heeft?`,
      status: (server) => `Ik bekijk wat ${server} te bieden heeft`,
    },
  },
  pt: {
    asks: (tool, server) => `Posso usar **${tool}** de **${server}**?`,
    status: (tool, server) => `Perguntando a ${server}: ${tool}`,
    look: {
      asks: (server) => `Posso ver o que **${server}** oferece?`,
      status: (server) => `Vendo o que ${server} oferece`,
    },
  },
  zh: {
    asks: (tool, server) => `我可以使用 **${server}** 的 **${tool}** 吗？`,
    status: (tool, server) => `正在询问 ${server}：${tool}`,
    look: {
      asks: (server) => `我可以看看 **${server}** 提供什么吗？`,
      status: (server) => `正在查看 ${server} 提供什么`,
    },
  },
}
