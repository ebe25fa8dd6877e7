import { expect } from 'vitest'
import { Claude, ModelError, type Prompt } from '../../src/model.ts'
import { ScriptedModel } from '../support/model.ts'
import { type Event, streamed } from '../support/sse.ts'

export const KEY = 'sk-ant-secret-key'

export const boost = {
  name: 'boost',
  description: 'React',
  input_schema: { type: 'object' as const },
}

export const hello: Prompt = {
  model: 'claude-sonnet-5-5',
  system: 'You are Bender.',
  tools: [{ name: 'boost', description: 'React', inputSchema: { type: 'object' } }],
  messages: [{ role: 'user', content: 'hello, this is my diary' }],
  maxTokens: 1000,
  mayUseTools: true,
}

export function scripted() {
  const model = new ScriptedModel()
  return { model, claude: new Claude({ apiKey: KEY, fetch: model.fetch }) }
}

export const answering = (response: Response | (() => Response)) =>
  new Claude({
    apiKey: KEY,
    fetch: async () => (typeof response === 'function' ? response() : response),
  })

export const streaming = (events: Event[]) => {
  async function* parts() {
    yield* events
  }
  return answering(streamed(parts(), new AbortController().signal))
}

export async function failing(asked: Promise<unknown>): Promise<ModelError> {
  const error = await asked.then(
    () => null,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(ModelError)
  return error as ModelError
}

export function use(id: string, input: object) {
  return {
    type: 'tool_use' as const,
    id,
    name: 'boost',
    input,
    caller: { type: 'direct' as const },
  }
}

export const started: Event = {
  type: 'message_start',
  message: { id: 'm', model: 'x', content: [], usage: { input_tokens: 3, output_tokens: 1 } },
}
