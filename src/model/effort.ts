/** Models of before it: a request that asks them for it is refused. What is not known is asked. */
const LACKS_EFFORT = /\bclaude-(3|haiku-4|sonnet-4-[05]|sonnet-4-2|opus-4-[01]|opus-4-2)(?!\d)/

/** Known not to let anybody say how hard it shall think. */
export function lacksEffort(model: string) {
  return LACKS_EFFORT.test(model)
}
