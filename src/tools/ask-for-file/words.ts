import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: string; status: string }> = {
  en: { asks: 'May I ask you for a file?', status: 'Asking for the file' },
  de: { asks: 'Darf ich um eine Datei bitten?', status: 'Ich bitte um die Datei' },
  es: { asks: '¿Puedo pedirte un archivo?', status: 'Pidiendo el archivo' },
  fr: { asks: 'Puis-je vous demander un fichier ?', status: 'Je demande le fichier' },
  it: { asks: 'Posso chiederti un file?', status: 'Sto chiedendo il file' },
  ja: { asks: 'ファイルをお願いしてもいいですか？', status: 'ファイルをお願いしています' },
  nl: { asks: 'Mag ik je om een bestand vragen?', status: 'Ik vraag om het bestand' },
  pt: { asks: 'Posso pedir um arquivo?', status: 'Pedindo o arquivo' },
  zh: { asks: '可以请你给我一个文件吗？', status: '正在请求文件' },
}
