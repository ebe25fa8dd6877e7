import { refusedBy } from '../../src/model/error.ts'
import { refusalIn } from '../../src/model/refusal.ts'

// What the API refuses comes through gateways, each of which has its own way of saying it.

export const LONG = 'prompt is too long: 210000 tokens > 200000 maximum'
export const said = (message: string, type = 'invalid_request_error') => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_1',
})
export const json = (message: string) => JSON.stringify(said(message))
export const python = (message: string) =>
  `{'type': 'error', 'error': {'type': 'invalid_request_error', 'message': '${message}', 'param': None}, 'request_id': 'req_1'}`

export function errorOf(status: number, told: unknown, headers: Record<string, string> = {}) {
  return refusedBy(refusalIn({ status, told, headers: new Headers(headers) }))
}
