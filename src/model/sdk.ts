/** What we use of the SDK. It is loaded while a turn waits for its room: see `Claude`. */
export { BaseAnthropic } from '@anthropic-ai/sdk/client'
export { APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk/core/error'
export { Messages } from '@anthropic-ai/sdk/resources/messages/messages'
export { Models } from '@anthropic-ai/sdk/resources/models'
