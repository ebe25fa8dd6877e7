import type { ToolDefinition } from '../prompt.ts'

/** As they are sent, in UTF-8. */
export function bytesOf(text: string) {
  return new TextEncoder().encode(text).length
}

/** Tools are most of what is sent, and the same ones with every request. */
const sizes = new WeakMap<ToolDefinition, number>()

export function bytesOfTool(tool: ToolDefinition) {
  const size = sizes.get(tool) ?? bytesOf(JSON.stringify(tool))
  sizes.set(tool, size)
  return size
}
