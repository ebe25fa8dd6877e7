/** Markdown of every kind, to see what the room makes of it. */
export const table = `Three places, side by side:

| Place | Beds | A night | By train |
| :-- | --: | --: | :-- |
| Bergün | 14 | CHF 640 | 2 h 05 |
| 箱根 ♨️ | 12 | ¥98,000 | 1 h 25 |
| Brienz 🚂 | 18 | CHF 890 | 2 h 20 |

The first one is the cheapest.`

export const sums = {
  name: 'sums.csv',
  type: 'csv',
  content: 'Place,Beds,A night\nBergün,14,CHF 640\nBrienz,18,CHF 890\n',
}

export const code = `A bit of Ruby, with \`inline\` code before it:

\`\`\`ruby
class Fire < Campfire
  def burn? = wood.any? { |log| log.dry? && log.size < 5 }
end
\`\`\`

And some TypeScript:

\`\`\`typescript
const keep = <T,>(fire: T): T => fire // 1 < 2 && "quotes"
\`\`\``

export const list = `How to keep a fire:

1. Gather
   - dry wood
   - *tinder*
     - birch bark, from <https://example.com>
2. Light it
   1. Strike
   2. Blow
3. Keep it
   - [x] feed
   - [ ] watch`

const paragraph = `The fire was kept by whoever was awake, and whoever was awake told the others what had
been said while they slept. **Nothing was lost**, ~~or so they claimed~~; see
[the log](https://example.com/log?a=1&b=2) for what *was* said. 5 < 6 & "so on".`

export const everything = [
  'As long as you like.',
  '# Something long',
  paragraph,
  '## A list',
  list,
  '> A quote, with `code` in it.\n>\n> And a second paragraph.',
  table,
  '---',
  code,
  '### More of the same',
  ...Array.from({ length: 12 }, (_, index) => `${index + 1}) ${paragraph}`),
  'That was long.',
].join('\n\n')
