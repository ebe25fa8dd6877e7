import { fileOf, latin1 } from './zip.ts'

/** A PDF with these words on its pages. */
export function pdfOf(pages: string[], more: (string | Uint8Array)[] = []) {
  const objects: (string | Uint8Array)[][] = []
  const kids = pages.map((_, at) => `${4 + 2 * at} 0 R`).join(' ')
  objects.push(['<< /Type /Catalog /Pages 2 0 R >>'])
  objects.push([`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`])
  objects.push(['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'])
  for (const [at, words] of pages.entries()) {
    const content = `BT /F1 12 Tf 72 720 Td ${words
      .split('\n')
      .map((line) => `(${line}) Tj 0 -14 Td`)
      .join(' ')} ET`
    objects.push([
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * at} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    ])
    objects.push([`<< /Length ${content.length} >>\nstream\n${content}\nendstream`])
  }
  if (more.length) objects.push(more)
  return written(objects)
}

function written(objects: (string | Uint8Array)[][]) {
  const parts: (number[] | Uint8Array)[] = [latin1('%PDF-1.7\n')]
  let at = 9
  const offsets: number[] = []
  const add = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? latin1(part) : part
    parts.push(bytes)
    at += bytes.length
  }
  for (const [number, object] of objects.entries()) {
    offsets.push(at)
    add(`${number + 1} 0 obj\n`)
    object.forEach(add)
    add('\nendobj\n')
  }
  const start = at
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`)
  add(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`)
  return fileOf(...parts)
}
