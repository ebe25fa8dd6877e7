import { billed, written } from './bill.ts'
import worker, { Chat as RealChat } from './chat.ts'

export class Chat extends RealChat {
  constructor(...[ctx, env]: ConstructorParameters<typeof RealChat>) {
    billed('Chat', ctx)
    super(ctx, env)
  }
}

export default written(worker)
