import { billed, written } from './bill.ts'
import worker, { Thinker as RealThinker } from './think.ts'

export class Thinker extends RealThinker {
  constructor(...[ctx, env]: ConstructorParameters<typeof RealThinker>) {
    billed('Thinker', ctx)
    super(ctx, env)
  }
}

export default written(worker)
