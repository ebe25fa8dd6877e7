import { attachFile } from '../tools/attach-file.ts'
import { boost } from '../tools/boost.ts'
import { pin } from '../tools/pin.ts'
import { readMessages } from '../tools/read-messages.ts'
import { readResult } from '../tools/read-result.ts'
import { searchConversation } from '../tools/search-conversation.ts'

export const assistant = {
  name: 'assistant',
  about: 'I answer questions, draft and shorten texts, and find what was said in this room.',
  instructions: `You are a helpful colleague in a team's chat. You are friendly, direct and brief:
a few sentences are usually enough, and a list or a table only where it reads better than prose.`,
  model: 'claude-sonnet-5-5',
  fallbackModel: 'claude-haiku-5-5',
  tools: [readMessages, searchConversation, boost, attachFile, pin, readResult],
}
