import type { Mutant } from './mutant.ts'

export const READING: Mutant[] = [
  {
    what: 'what is packed is believed to be as small as it says',
    by: 'files/kind.test.ts',
    edits: [{ from: 'bytes > most || bytes > entry.bytes', to: 'false' }],
  },
  {
    what: 'what says that it unpacks to too much is unpacked',
    by: 'files/kind.test.ts',
    edits: [{ from: 'if (entry.bytes > most) throw', to: 'if (entry.bytes < 0) throw' }],
  },
  {
    what: 'the words of a file end the fence that they stand in',
    by: 'reads-files.test.ts',
    edits: [{ from: "unforged(text).replace(FENCE, '&lt;')", to: 'unforged(text)' }],
  },
  {
    what: 'a file is what its name says',
    by: 'reads-files.test.ts',
    edits: [
      {
        from: 'return { file, source: files.source(file) }',
        to: "return { file: { ...file, kind: file.name.endsWith('xlsx') ? 'xlsx' : 'text' }, source: files.source(file) }",
      },
    ],
  },
  {
    what: 'a stream of a PDF grows as it likes',
    by: 'files/text.test.ts',
    edits: [{ from: 'if (bytes > MOST.one) throw', to: 'if (bytes < 0) throw' }],
  },
  {
    what: 'a stream of a PDF that is written in letters grows as it likes',
    by: 'files/text.test.ts',
    edits: [
      {
        from: 'if (isWritten) all +=',
        to: 'if (isWritten && all < 0) all +=',
      },
    ],
  },
  {
    what: 'a number in a merged cell is counted in each of its cells',
    by: 'files/table/reads-every-kind',
    edits: [
      {
        from: "if (typeof value === 'string' && next.bottom",
        to: 'if (value !== null && next.bottom',
      },
    ],
  },
]
