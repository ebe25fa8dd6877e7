import { Account as RealAccount } from '../../../src/account.ts'
import worker from '../../../src/index.ts'
import { Person as RealPerson } from '../../../src/person.ts'
import { Room as RealRoom } from '../../../src/room.ts'
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
