import type { Test } from './filter.ts'
import type { Span, SumOf } from './sum.ts'

export interface Question {
  columns?: string[] | undefined
  /** As B2:F20. */
  range?: string | undefined
  where?: { column: string; test: Test; value?: string | undefined }[] | undefined
  sort?: { column: string; order: 'up' | 'down' }[] | undefined
  groupBy?: { column: string; span?: Span | undefined }[] | undefined
  sums?: { of: SumOf; column: string }[] | undefined
  header?: number | undefined
  from: number
  limit: number
}
