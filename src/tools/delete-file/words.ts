import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: (file: number) => string; status: string }> = {
  en: { asks: (file) => `May I delete file ${file} for good?`, status: 'Deleting a file' },
  de: {
    asks: (file) => `Darf ich Datei ${file} endgültig löschen?`,
    status: 'Ich lösche eine Datei',
  },
  es: {
    asks: (file) => `¿Puedo borrar el archivo ${file} para siempre?`,
    status: 'Borrando un archivo',
  },
  fr: {
    asks: (file) => `Puis-je supprimer définitivement le fichier ${file} ?`,
    status: 'Je supprime un fichier',
  },
  it: {
    asks: (file) => `Posso eliminare per sempre il file ${file}?`,
    status: 'Sto eliminando un file',
  },
  ja: {
    asks: (file) => `ファイル${file}を完全に削除してもいいですか？`,
    status: 'ファイルを削除しています',
  },
  nl: {
    asks: (file) => `Mag ik bestand ${file} voorgoed verwijderen?`,
    status: 'Ik verwijder een bestand',
  },
  pt: {
    asks: (file) => `Posso excluir o arquivo ${file} para sempre?`,
    status: 'Excluindo um arquivo',
  },
  zh: { asks: (file) => `我可以永久删除文件 ${file} 吗？`, status: '正在删除一个文件' },
}
