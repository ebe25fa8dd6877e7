import { DurableObject } from 'cloudflare:workers'
export class Room extends DurableObject {}
export class Account extends DurableObject {}
export default { fetch: () => new Response(null, { status: 404 }) }
