import { AIChatAgent, type ChatResponseResult } from '@cloudflare/ai-chat'
import { getAgentByName } from 'agents'
import { convertToModelMessages, streamText } from 'ai'
import { INSTRUCTIONS } from '../conversation.ts'
import { asMessage, type Delivery, handOver, keepPath, modelOf, post } from './campfire.ts'

interface Own extends Env {
  CHATS: DurableObjectNamespace<Chat>
}

/** One for each room. `saveMessages` is the turn, whole: so the webhook cannot wait for it. */
export class Chat extends AIChatAgent<Own> {
  async receive({ room, message }: Delivery) {
    keepPath(this.ctx, room.path)
    this.ctx.waitUntil(this.saveMessages((messages) => [...messages, asMessage(message)]))
  }

  override async onChatMessage() {
    const result = streamText({
      model: modelOf(this.env),
      instructions: INSTRUCTIONS,
      messages: await convertToModelMessages(this.messages),
    })
    return result.toUIMessageStreamResponse()
  }

  protected override async onChatResponse({ status, message }: ChatResponseResult) {
    if (status === 'completed') await post(this.env, this.ctx, message)
  }
}

export default {
  fetch(request: Request, env: Own) {
    return handOver(request, (name) => getAgentByName<Own, Chat>(env.CHATS, name))
  },
}
