import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const TEST = join(import.meta.dirname, '..')

/** Each takes some 15 seconds and more, the longest first. */
const LONGEST = [
  'e2e/setup.test.ts',
  'e2e/setup-by-flags.test.ts',
  'e2e/upgrade.test.ts',
  'e2e/operator-page.test.ts',
  'e2e/first-minute.test.ts',
  'e2e/pictures.test.ts',
  'e2e/kill.test.ts',
  'e2e/start.test.ts',
  'e2e/operator-rooms.test.ts',
  'e2e/page.test.ts',
  'crash.test.ts',
  'deploys.test.ts',
  'stories/waits-out-refusals.test.ts',
  'faults/campfire.test.ts',
  'crash-at-once.test.ts',
  'stories/compaction-loses-nothing.test.ts',
  'faults/comes-back.test.ts',
  'stories/forgets-for-good.test.ts',
  'webhook/says-nothing-in-the-room.test.ts',
  'faults/refused-memory.test.ts',
]

const gone = LONGEST.filter((name) => !existsSync(join(TEST, name)))
if (gone.length) throw new Error(`There is no ${gone.join(', ')}: see support/longest-first.ts`)

/**
 * What takes long begins first. In a fresh clone Vitest knows of no times and goes by the size of a file, so the
 * crash points, a short file of two minutes, began last, and all but one core waited for them.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    return sorted.toSorted(
      (one, other) => groupOf(one) - groupOf(other) || rankOf(one) - rankOf(other),
    )
  }
}

function groupOf({ project }: TestSpecification) {
  return project.config.sequence.groupOrder
}

function rankOf({ moduleId }: TestSpecification) {
  const rank = LONGEST.indexOf(relative(TEST, moduleId))
  return rank < 0 ? LONGEST.length : rank
}
