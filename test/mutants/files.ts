import type { Mutant } from './mutant.ts'

/** What people give: through which links, how often, and what it may count for. */
export const FILES: Mutant[] = [
  {
    what: 'a file outlives the archive',
    by: 'forgets-for-good',
    edits: [
      {
        from: 'if (given !== null && now >= given + words) tables.files.prune(within(now, words))',
        to: '',
      },
    ],
  },
  {
    what: 'the words of a file stay when it is gone',
    by: 'finds-what-stands-in-files',
    edits: [{ from: '    this.words.remove(number)\n', to: '' }],
  },
  {
    what: 'what a search finds in a file is believed',
    by: 'finds-what-stands-in-files',
    edits: [
      { from: 'return inFiles.hits.length ? new FromFiles(result) : result', to: 'return result' },
    ],
  },
  {
    what: 'a file that an object has died over is read again',
    by: 'finds-what-stands-in-files',
    edits: [
      {
        from: "return state === 'more' && !words",
        to: "return (state === 'more' || state === 'reading') && !words",
      },
    ],
  },
  {
    what: 'a link for files is good for as often as somebody likes',
    by: 'takes-files-through',
    edits: [
      {
        from: "  if (since === null) return 'open'\n",
        to: "  if (since !== 'words') return 'open'\n",
      },
    ],
  },
  {
    what: 'a link for files stays open when its asker has spoken again',
    by: 'takes-files-through',
    edits: [
      {
        from: "  if (since === null) return 'open'\n",
        to: "  if (since !== 'files') return 'open'\n",
      },
    ],
  },
  {
    what: 'what is on its way while its asker speaks again is taken',
    by: 'takes-files-through',
    edits: [{ from: "if (state !== 'open' || !isWhole) {", to: 'if (!isWhole) {' }],
  },
  {
    what: 'a link for files is believed unread',
    by: 'opens-no-forged-link',
    edits: [{ from: 'return isOurs && ticket.until > now', to: 'return ticket.until > now' }],
  },
  {
    what: 'a link for files is good for ever',
    by: 'opens-no-forged-link',
    edits: [{ from: 'return isOurs && ticket.until > now', to: 'return isOurs' }],
  },
  {
    what: 'a link for files of one Campfire opens a room of another',
    by: 'opens-no-forged-link',
    edits: [{ from: 'return `firekeeper files of ', to: "return 'firekeeper files' //" }],
  },
  {
    what: 'what comes through a link is what its asker says',
    by: 'takes-files-through',
    edits: [
      { from: "VALUES (?, ?, '', ?, ?, ?, 1, ?)", to: 'VALUES (?1, ?2, ?3, NULL, ?4, ?5, 1, ?6)' },
      { from: 'again === undefined && dropped === undefined', to: 'again === undefined' },
    ],
  },
  {
    what: 'what comes through a link withdraws what its asker was asked',
    by: 'takes-files-through',
    edits: [
      {
        from: 'const messages = taken.filter(isSaid)',
        to: 'const messages = taken.filter((one) => isSaid(one) || one.dropped)',
      },
    ],
  },
  {
    what: 'what stands in a file is trusted as what people say',
    by: 'takes-files-through',
    edits: [
      {
        from: 'const hasStrange = given.length > 0 && !bot',
        to: 'const hasStrange = false && !bot',
      },
    ],
  },
  {
    what: 'files are said to be there that somebody who began anew has taken away',
    by: 'takes-files-through',
    edits: [
      {
        from: 'const isStillThere = numbers.every((number) => files.isComing(number))',
        to: 'const isStillThere = true',
      },
    ],
  },
  {
    what: 'a link to a file is followed to any place',
    by: 'follows-links-to-files',
    edits: [{ from: '!url || !base || url.origin !== base.origin ||', to: '!url || !base ||' }],
  },
  {
    what: 'a link to a file is followed on to any place',
    by: 'follows-links-to-files',
    edits: [{ from: "if (!isFileLink(next, campfire)) return 'elsewhere'", to: '' }],
  },
  {
    what: 'what an image may come to is not reserved',
    by: 'worst-case',
    edits: [{ from: 'unknown = written + shown +', to: 'unknown = written +' }],
  },
  {
    what: 'what code has made is fetched and posted anew after each death',
    by: 'attaches-what-code-made',
    edits: [{ from: 'isNote(reply) && reply.file && reply.body === use', to: 'false' }],
  },
  {
    what: 'code may put as many files into the room as it likes',
    by: 'attaches-what-code-made',
    edits: [
      { from: 'if (isFull || made.length >= MOST_TRIED)', to: 'if (made.length >= MOST_TRIED)' },
    ],
  },
  {
    what: 'a file of any size is fetched from the API',
    by: 'attaches-what-code-made',
    edits: [{ from: "bytes > MOST_BYTES_FETCHED ? 'large'", to: "false ? 'large'" }],
  },
  {
    what: 'what code has made is posted whatever it is',
    by: 'attaches-what-code-made',
    edits: [
      {
        from: 'return kind in TYPES ? (kind as keyof typeof TYPES) : null',
        to: "return kind in TYPES ? (kind as keyof typeof TYPES) : 'png'",
      },
    ],
  },
  {
    what: 'a table that code has made runs what stands in it',
    by: 'attaches-what-code-made',
    edits: [{ from: 'forSpreadsheet(textIn(bytes))', to: 'textIn(bytes)' }],
  },
  {
    what: 'what code has made is posted though somebody has said stop',
    by: 'attaches-what-code-made',
    edits: [{ from: "if (row.stopped_by) return { name: file.name, outcome: 'lost' }", to: '' }],
  },
  {
    what: 'a Campfire that takes no file keeps the answer waiting',
    by: 'attaches-what-code-made',
    edits: [{ from: '!(error instanceof CampfireError) || !error.isAlone', to: 'true' }],
  },
  {
    what: 'the names of files outlive that they are forgotten',
    by: 'attaches-what-code-made',
    edits: [
      {
        from: "began = NULL, file = iif(file IS NULL, NULL, '')",
        to: 'began = NULL',
        within: 'eraseWords',
      },
    ],
  },
  {
    what: 'a name of a file leads to any place of the API',
    by: 'attaches-what-code-made',
    edits: [{ from: "if (!Id.safeParse(id).success) return 'gone'", to: '' }],
  },
  {
    what: 'a file that is deleted here stays where it was handed to',
    by: 'hands-files-to-code',
    edits: [{ from: '    this.uploads.leave(number)\n', to: '' }],
  },
  {
    what: 'what a session has handed over outlives it',
    by: 'hands-files-to-code',
    edits: [{ from: '  files.uploads.leaveAll()\n', to: '' }],
  },
  {
    what: 'what is deleted while it is handed over is forgotten there',
    by: 'hands-files-to-code',
    edits: [
      { from: '    if (rowsWritten) return\n    this.#mayLeave = true\n', to: '    return\n' },
    ],
  },
  {
    what: 'a deletion that failed is not tried again',
    by: 'hands-files-to-code',
    edits: [{ from: 'const isOver = trouble === null ||', to: 'const isOver = true ||' }],
  },
  {
    what: 'a gateway without files is asked for them with every turn',
    by: 'hands-files-to-code',
    edits: [{ from: "if (sent === 'none') turn.doWithout('files')", to: '' }],
  },
  {
    what: 'nobody is told that a file could not be handed over',
    by: 'hands-files-to-code',
    edits: [
      {
        from: 'return file && isOfThis && isMissed ?',
        to: 'return false && file && isOfThis && isMissed ?',
      },
    ],
  },
  {
    what: 'an address of the model is opened by the API when it comes back in a summary',
    by: 'looks-at-the-web',
    edits: [
      { from: "isSaid ? words : words.replace(ADDRESS, '$1[:]//')", to: 'isSaid ? words : words' },
    ],
  },
  {
    what: 'what a turn may use so often holds for each of its calls',
    by: 'looks-at-the-web',
    edits: [{ from: 'Math.max(1, server.max_uses - before)', to: 'server.max_uses' }],
  },
  {
    what: 'a turn whose searches are used up searches on',
    by: 'looks-at-the-web',
    edits: [{ from: '(used.get(name) ?? 0) >= uses', to: 'false' }],
  },
  {
    what: 'what tools have told of a file stays in the rows when it is gone',
    by: 'reads-files.test.ts',
    edits: [{ from: '    if (file) this.#dropWords([file])\n', to: '' }],
  },
  {
    what: 'what tools have told of a file is sent from memory when it is gone',
    by: 'reads-files.test.ts',
    edits: [
      {
        from: 'files ? withoutFilesGone(transcript.turns, files) : transcript.turns',
        to: 'transcript.turns',
      },
    ],
  },
  {
    what: 'a page of a result says not of which file it is',
    by: 'reads-files.test.ts',
    edits: [{ from: '...(file.length && { file }), text }', to: 'text }' }],
  },
  {
    what: 'the columns of a file stay in what was wrong with a question',
    by: 'reads-files.test.ts',
    edits: [
      {
        from: 'failed(whatWentWrong(error), fileIn(tool, call))',
        to: 'failed(whatWentWrong(error))',
      },
    ],
  },
  {
    what: 'what a yes has let be read in a file stays in the rows when it is gone',
    by: 'reads-files.test.ts',
    edits: [{ from: 'const left = noticeWithoutFiles(notice, isGone)', to: 'const left = notice' }],
  },
  {
    what: 'what was read of a file while it was deleted stays in the rows',
    by: 'reads-files.test.ts',
    edits: [
      {
        from: 'steps.result(use, outcome.state, told, turn.now())',
        to: 'steps.result(use, outcome.state, outcome.result, turn.now())',
      },
    ],
  },
  {
    what: 'what code has printed of a file is sent when it is gone',
    by: 'hands-files-to-code',
    edits: [{ from: 'mayBePrinted ? withoutAll : withoutTold', to: 'withoutTold' }],
  },
  {
    what: 'code runs on where a file lies that is gone',
    by: 'hands-files-to-code',
    edits: [{ from: 'places.findLast(({ id }) => !left?.has(id))', to: 'places.at(-1)' }],
  },
  {
    what: 'a link climbs out of the files by what is packed twice',
    by: 'follows-links-to-files',
    edits: [{ from: '  if (UPWARDS.test(url.pathname)) return false\n', to: '' }],
  },
  {
    what: 'a link has four tokens',
    by: 'opens-no-forged-link',
    edits: [{ from: 'bytes.toBase64(BASE64) === text ? bytes : null', to: 'bytes' }],
  },
  {
    what: 'an order is held however long it is',
    by: 'files/table/stops-somewhere',
    edits: [{ from: 'this.#order && from + limit > MOST_IN_ORDER', to: 'false' }],
  },
  {
    what: 'an order is held however wide it is',
    by: 'files/table/stops-somewhere',
    edits: [{ from: 'const MOST_HELD = 4_000_000', to: 'const MOST_HELD = 1e99' }],
  },
  {
    what: 'empty rows are read without end',
    by: 'files/table/stops-somewhere',
    edits: [{ from: '    if (++count > MOST_ROWS) break\n', to: '    count++\n' }],
  },
]
