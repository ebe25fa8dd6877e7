/** Of letters, digits and dashes: what a gateway may put there instead is shown to nobody. */
const ID = /^[\w-]{1,80}$/

/** The API's own, as it comes or as a gateway passes it on. */
const OF_THE_API = ['request-id', 'llm_provider-request-id']
const OF_A_GATEWAY = ['x-request-id', 'x-amzn-requestid', 'x-litellm-call-id', 'cf-ray']

/** The name by which whoever runs the model finds a call: by what it says itself, and then by headers of others. */
export function requestIdOf(headers: Headers, told: unknown = null): string | null {
  return firstIn(headers, OF_THE_API) ?? asRequestId(told) ?? firstIn(headers, OF_A_GATEWAY)
}

/** Null for what is no name, and so not to be shown. */
export function asRequestId(value: unknown): string | null {
  return typeof value === 'string' && ID.test(value) ? value : null
}

function firstIn(headers: Headers, names: string[]): string | null {
  return names.map((name) => asRequestId(headers.get(name))).find((id) => id !== null) ?? null
}
