import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages/messages'

export type EventType = RawMessageStreamEvent['type']

const EVENTS: Record<EventType, true> = {
  message_start: true,
  content_block_start: true,
  content_block_delta: true,
  content_block_stop: true,
  message_delta: true,
  message_stop: true,
}

export function isKnown(event: string) {
  return Object.hasOwn(EVENTS, event)
}
