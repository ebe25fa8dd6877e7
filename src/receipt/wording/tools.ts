import { quiet } from '../../campfire.ts'
import type { Sentences } from '../../sentences.ts'
import { isApproved } from '../../tables/room/answers.ts'
import type { MadeFile } from '../../tables/room/files/made.ts'
import type { Step } from '../../tables/room/step.ts'

/** What was said to the wish for a tool, and by whom, where the name is known. */
export interface WishAnswer {
  tool: string
  outcome: string
  by: string | null
}

interface Used {
  row: { made?: MadeFile[] | null; asker_name?: string }
  steps: Step[]
  answers?: WishAnswer[]
}

/** Each once, and how it went. */
export function toolsIn({ row, steps, answers = [] }: Used, sentences: Sentences) {
  const uses = usesIn(steps, { answers, asker: row.asker_name ?? null }, sentences)
  const names = [...new Set(uses.map(({ name }) => name))]
  const attached = (row.made ?? []).flatMap(
    ({ name, outcome }) => (outcome === 'attached' && name) || [],
  )
  const files = attached.map((name) => quiet(name))
  const lines = [...names.map(toolLine), ...(files.length ? [sentences.why.made(files)] : [])]
  return lines.length ? lines : [sentences.why.noTools]

  function toolLine(name: string) {
    const all = uses.filter((use) => use.name === name)
    return all.length === 1
      ? `${name} (${wentBy(all)})`
      : `${name} × ${all.length} (${wentBy(all)})`
  }
}

/** Each with what came of it, and who has approved it. Whoever said yes is the asker of the turn that runs it. */
function usesIn(
  steps: Step[],
  { answers, asker }: { answers: WishAnswer[]; asker: string | null },
  { why: say, approval, locale }: Sentences,
) {
  const open = [...answers]
  return steps.flatMap((step) =>
    step.uses.map(({ name, state }) => {
      if (isApproved(step)) return { name, went: `${say.outcomes[state]}, ${granted(asker)}` }
      const at = open.findIndex(({ tool }) => state === 'waiting' && tool === name)
      const [answer] = at < 0 ? [] : open.splice(at, 1)
      return { name, went: (answer && answered(answer)) ?? say.outcomes[state] }
    }),
  )

  function answered({ outcome, by }: WishAnswer) {
    if (outcome === 'granted') return granted(by)
    if (outcome === 'refused') return within(approval.refused(by && quiet(by)))
    if (outcome === 'withdrawn' || outcome === 'expired') return within(approval[outcome])
    return null
  }

  function granted(by: string | null) {
    return within(approval.granted(by && quiet(by)))
  }

  /** What begins a sentence elsewhere stands in the midst of one here. */
  function within(words: string) {
    return words.charAt(0).toLocaleLowerCase(locale) + words.slice(1)
  }
}

/** Nothing that failed is passed over, nor what may or may not have been done. */
function wentBy(uses: { went: string }[]) {
  const all = uses.map(({ went }) => went)
  const counts = [...new Set(all)].map((outcome) => {
    const count = all.filter((one) => one === outcome).length
    return count === uses.length ? outcome : `${count} ${outcome}`
  })
  return counts.join(', ')
}
