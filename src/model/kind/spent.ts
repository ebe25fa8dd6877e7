import type { Refusal } from '../refusal.ts'

const SPENT_CODES = new Set([
  'contract_spend_limit_reached',
  'enforced_spend_limit_reached',
  'linked_organization_spend_limit_reached',
  'linked_organization_billing_unavailable',
  'user_profile_billing_not_authorized',
  'user_profile_not_billable',
  'insufficient_quota',
  'insufficient_user_quota',
  'budget_exceeded',
])

const SPENT =
  /budget has been exceeded|exceeded your current quota|\bkey limit exceeded|over budget|exceeded(token)?budget|out of credits|余额不足|额度不足/i

/** Older keys get no code: an empty account is a 400 and a limit of one's own a 400 or a 429. */
export function isSpent(cause: number, { type, code, words }: Refusal) {
  if (type === 'billing_error' || [code, type].some((one) => SPENT_CODES.has(one ?? '')))
    return true
  if (SPENT.test(words)) return true
  if (cause === 429) return /\b(spend|spending) limit|insufficient.{0,3}(quota|credit)/i.test(words)
  return /credit balance is too low|(spend|spending|usage) (limits?|cap)\b|insufficient.{0,3}(quota|credit|balance|funds)/i.test(
    words,
  )
}
