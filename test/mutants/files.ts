import type { Mutant } from './mutant.ts'

/** What people give: through which links, how often, and what it may count for. */
export const FILES: Mutant[] = [
  {
    what: 'a link for files is good for as often as somebody likes',
    by: 'looks-at-files',
    edits: [
      {
        from: "  if (since === null) return 'open'\n",
        to: "  if (since !== 'words') return 'open'\n",
      },
    ],
  },
  {
    what: 'a link for files stays open when its asker has spoken again',
    by: 'looks-at-files',
    edits: [
      {
        from: "  if (since === null) return 'open'\n",
        to: "  if (since !== 'files') return 'open'\n",
      },
    ],
  },
  {
    what: 'what is on its way while its asker speaks again is taken',
    by: 'looks-at-files',
    edits: [{ from: "if (state !== 'open' || !isWhole) {", to: 'if (!isWhole) {' }],
  },
  {
    what: 'a link for files is believed unread',
    by: 'looks-at-files',
    edits: [{ from: 'return isOurs && ticket.until > now', to: 'return ticket.until > now' }],
  },
  {
    what: 'a link for files is good for ever',
    by: 'looks-at-files',
    edits: [{ from: 'return isOurs && ticket.until > now', to: 'return isOurs' }],
  },
  {
    what: 'a link for files of one Campfire opens a room of another',
    by: 'looks-at-files',
    edits: [{ from: 'return `firekeeper files of ', to: "return 'firekeeper files' //" }],
  },
  {
    what: 'what comes through a link is what its asker says',
    by: 'looks-at-files',
    edits: [
      { from: "VALUES (?, ?, '', ?, ?, ?, 1, ?)", to: 'VALUES (?1, ?2, ?3, NULL, ?4, ?5, 1, ?6)' },
      { from: 'again === undefined && dropped === undefined', to: 'again === undefined' },
    ],
  },
  {
    what: 'what comes through a link withdraws what its asker was asked',
    by: 'looks-at-files',
    edits: [
      {
        from: 'const messages = taken.filter(isSaid)',
        to: 'const messages = taken.filter((one) => isSaid(one) || one.dropped)',
      },
    ],
  },
  {
    what: 'what stands in a file is trusted as what people say',
    by: 'looks-at-files',
    edits: [
      {
        from: 'const hasStrange = given.length > 0 && !bot',
        to: 'const hasStrange = false && !bot',
      },
    ],
  },
  {
    what: 'files are said to be there that somebody who began anew has taken away',
    by: 'looks-at-files',
    edits: [
      {
        from: 'const isStillThere = numbers.every((number) => files.isComing(number))',
        to: 'const isStillThere = true',
      },
    ],
  },
  {
    what: 'a link to a file is followed to any place',
    by: 'looks-at-files',
    edits: [{ from: '!url || !base || url.origin !== base.origin ||', to: '!url || !base ||' }],
  },
  {
    what: 'a link to a file is followed on to any place',
    by: 'looks-at-files',
    edits: [{ from: "if (!isFileLink(next, campfire)) return 'elsewhere'", to: '' }],
  },
  {
    what: 'what an image may come to is not reserved',
    by: 'worst-case',
    edits: [{ from: 'bytesOf(rest) + shown +', to: 'bytesOf(rest) +' }],
  },
]
