import { DurableObject } from 'cloudflare:workers'

type Class = new (ctx: DurableObjectState, env: Env) => DurableObject<Env>

/** The platform looks for these as soon as it has an object, and for all the others when somebody calls them. */
const HANDLERS = ['fetch', 'alarm', 'webSocketMessage', 'webSocketClose', 'webSocketError']

/**
 * Objects of a class that is loaded when the first of them wakes: where messages are only taken in, and the objects
 * are elsewhere, it never is. Nothing reaches an object before its class is there, so nobody can tell the difference.
 */
export function waking(load: () => Promise<Class>) {
  let Loaded: Class | undefined
  const awake = new WeakMap<DurableObject, DurableObject>()

  class Waking extends DurableObject<Env> {
    constructor(ctx: DurableObjectState, env: Env) {
      super(ctx, env)
      if (Loaded) awake.set(this, new Loaded(ctx, env))
      else
        ctx.blockConcurrencyWhile(async () => {
          Loaded ??= passOn(await load())
          awake.set(this, new Loaded(ctx, env))
        })
    }
  }
  passOnBy(HANDLERS)
  return Waking

  function passOn(Loaded: Class) {
    for (
      let kind: object = Loaded.prototype;
      kind !== DurableObject.prototype;
      kind = Object.getPrototypeOf(kind)
    )
      passOnBy(Object.getOwnPropertyNames(kind))
    return Loaded
  }

  function passOnBy(names: string[]) {
    for (const name of names) {
      if (Object.hasOwn(Waking.prototype, name)) continue
      const value = function (this: DurableObject, ...all: unknown[]) {
        const own = awake.get(this)
        return own && Reflect.apply(Reflect.get(own, name), own, all)
      }
      Object.defineProperty(Waking.prototype, name, { value })
    }
  }
}
