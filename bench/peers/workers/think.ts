import { type ChatResponseResult, Think } from '@cloudflare/think'
import { getAgentByName } from 'agents'
import { INSTRUCTIONS } from '../conversation.ts'
import { asMessage, type Delivery, handOver, keepPath, modelOf, post } from './campfire.ts'

interface Own extends Env {
  THINKERS: DurableObjectNamespace<Thinker>
}

/** One for each room. `submitMessages` returns when the message is safe, and knows a repeat by its key. */
export class Thinker extends Think<Own> {
  override getModel() {
    return modelOf(this.env)
  }

  override getSystemPrompt() {
    return INSTRUCTIONS
  }

  // A chat needs no files, and without them the prompt is as short as everyone else's.
  override beforeTurn() {
    return { activeTools: [] }
  }

  async receive({ room, message }: Delivery) {
    keepPath(this.ctx, room.path)
    await this.submitMessages([asMessage(message)], { idempotencyKey: String(message.id) })
  }

  override async onChatResponse({ status, message }: ChatResponseResult) {
    if (status === 'completed') await post(this.env, this.ctx, message)
  }
}

export default {
  fetch(request: Request, env: Own) {
    return handOver(request, (name) => getAgentByName<Own, Thinker>(env.THINKERS, name))
  },
}
