import worker, {
  Account as RealAccount,
  Person as RealPerson,
  Room as RealRoom,
} from '../../../src/index.ts'
import { billed, written } from './bill.ts'

export class Room extends RealRoom {
  constructor(ctx: DurableObjectState, env: Env) {
    billed('Room', ctx)
    super(ctx, env)
  }
}

export class Account extends RealAccount {
  constructor(ctx: DurableObjectState, env: Env) {
    billed('Account', ctx)
    super(ctx, env)
  }
}

export class Person extends RealPerson {
  constructor(ctx: DurableObjectState, env: Env) {
    billed('Person', ctx)
    super(ctx, env)
  }
}

export default written(worker)
