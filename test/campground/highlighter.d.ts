// Its own types would bring those of a browser's page into everything that runs in a Worker.
interface Highlighter {
  getLanguage(name: string): object | undefined
  highlight(code: string, options: { language: string; ignoreIllegals: boolean }): Highlighted
  highlightAuto(code: string): Highlighted
}

interface Highlighted {
  value: string
  language?: string
}

declare const highlighter: Highlighter
export default highlighter
