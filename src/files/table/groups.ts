import { type Cell, letterOf, type Row } from '../cells.ts'
import { Unreadable } from '../source.ts'
import { columnNamed, type Layout } from './layout.ts'
import { orderOf } from './order.ts'
import type { Question } from './question.ts'
import { Different, type Span, Sum, type SumOf, spanOf } from './sum.ts'

const MOST_GROUPS = 20_000
/** Characters of what they are called. */
const MOST_NAMED = 4_000_000

/** What the rows of each group come to. */
export class Groups {
  #by: { column: number; span: Span | undefined }[]
  #sums: { of: SumOf; column: number }[]
  #names: string[]
  #named = 0
  #different = new Different()
  #groups = new Map<string, { values: Cell[]; rows: number; sums: Sum[] }>()
  #question: Question

  constructor(question: Question, layout: Layout) {
    const { groupBy = [], sums = [] } = question
    this.#question = question
    this.#by = groupBy.map(({ column, span }) => ({ column: columnNamed(column, layout), span }))
    this.#sums = sums.map(({ of, column }) => ({ of, column: columnNamed(column, layout) }))
    const nameOf = (column: number) => layout.columns[column]?.name ?? letterOf(column)
    this.#names = [
      ...this.#by.map(({ column }) => nameOf(column)),
      'rows',
      ...this.#sums.map(({ of, column }) => `${of} of ${nameOf(column)}`),
    ]
  }

  add({ cells }: Row) {
    const values = this.#by.map(({ column, span }) => spanOf(cells[column] ?? null, span))
    const key = JSON.stringify(values)
    let group = this.#groups.get(key)
    if (!group) {
      if (this.#groups.size >= MOST_GROUPS)
        throw new Unreadable(`There are more than ${MOST_GROUPS} groups. Group by less, or filter.`)
      this.#named += key.length
      if (this.#named > MOST_NAMED)
        throw new Unreadable('Its groups have too long names. Group by less, or filter.')
      group = {
        values: JSON.parse(key),
        rows: 0,
        sums: this.#sums.map(({ of }) => new Sum(of, this.#different)),
      }
      this.#groups.set(key, group)
    }
    group.rows++
    for (const [at, { column }] of this.#sums.entries()) group.sums[at]?.add(cells[column] ?? null)
  }

  result() {
    const { from, limit, sort = [] } = this.#question
    const groups = [...this.#groups.values()]
    const rows = groups.map(({ values, rows, sums }): Cell[] => [
      ...values,
      rows,
      ...sums.map((sum) => sum.result()),
    ])
    const layout = {
      header: null,
      columns: this.#names.map((name) => ({ letter: '', name, type: 'mixed' as const })),
    }
    const order = orderOf(sort.length ? sort : this.#byDefault(), layout)
    const sorted = rows.map((cells, number) => ({ number, cells })).sort(order)
    const skipped = this.#sums.flatMap(({ of, column }, at) => {
      const count = groups.reduce((sum, group) => sum + (group.sums[at]?.skipped ?? 0), 0)
      return count && (of === 'sum' || of === 'average')
        ? [
            `${count} cells of column ${letterOf(column)} are no numbers and were left out of its ${of}: say so.`,
          ]
        : []
    })
    return {
      names: this.#names,
      rows: sorted.slice(from, from + limit).map(({ cells }) => cells),
      found: rows.length,
      notes: skipped,
    }
  }

  #byDefault(): NonNullable<Question['sort']> {
    return this.#names.slice(0, this.#by.length).map((column) => ({ column, order: 'up' }))
  }
}
