import { goes } from './memory/goes.ts'
import { MemoryInput } from './memory/input.ts'
import { aboutMe } from './memory/me.ts'
import { aboutRoom } from './memory/room.ts'
import { EXAMPLES, WORDS } from './memory/words.ts'
import { defineTool } from './tool.ts'

export const memory = defineTool({
  name: 'memory',
  description:
    'Remember, recall and forget for good, also when this conversation is over. of "room": facts, ' +
    'decisions and promises of this room, at most 200. of "me": what the asker wants you to know about ' +
    'themselves, at most 100; write their language, time zone and way to be answered as "language: ...", ' +
    '"time zone: Europe/Berlin" and "style: ...". Remember what people ask you to, and what you promised. ' +
    'What somebody says about others is of the room, as "Ann says that ...". When something has changed, name ' +
    'the number that it replaces; when it is done or they say "forget it", forget that number. Asked what ' +
    'you know about somebody, recall of "me" tells the asker what you know about them.',
  input: MemoryInput,
  effect: 'change',
  personal: ({ fact: _, ...rest }) => (rest.of === 'me' ? rest : null),
  examples: EXAMPLES,
  status: ({ action }, language) => WORDS[language].status[action],
  asks: ({ action, of }, language) => WORDS[language].asks[of][action],
  goes,
  async run(input, context) {
    return input.of === 'me' ? await aboutMe(input, context) : aboutRoom(input, context)
  },
})
