import type { Refusal } from '../refusal.ts'

/** Who watches what is said there: a gateway, not the model. The API's own filter is another matter. */
export function isDeclined(cause: number, { code, words }: Refusal) {
  const said = `${code}\n${words}`
  if (DECLINED.test(said)) return true
  // Some say by it that the model failed.
  return (
    cause === 446 ||
    (cause === 424 &&
      !/model_?(error|stream)|not.?ready|unexpected|upstream|dependency/i.test(said))
  )
}

const DECLINED =
  /guardrail|(was|been|is) flagged\b|(prompt|response|request|input|content) (was |has been )?blocked due to|content (management|safety) policy|ContentPolicyViolation|moderation policy|(prompt|input|content)( pattern)? (is|was|has been) blocked|(request|prompt|input|content|message).{0,60}violat\w* .{0,40}polic|prompt injection (was )?detected|security configuration|content_filter|content_policy|inappropriate content|sensitive.{0,3}(content|words)|DataInspectionFailed|content exists risk|considered high risk/i
