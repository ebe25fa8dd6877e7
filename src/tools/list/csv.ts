import { timeOf } from '../../clock.ts'
import type { Item } from '../../tables/room/lists.ts'
import { forSpreadsheet } from '../attach-file.ts'
import type { ToolContext } from '../context.ts'
import { SHOWN } from './shown-words.ts'

/** Every item in a line, for a spreadsheet; what would run there as a formula does not. */
export function csvOf(items: Item[], context: ToolContext) {
  const { nameOf, timeZone, asker } = context
  const name = (id: number | null) => (id === null ? '' : (nameOf(id) ?? ''))
  const day = (at: number | null) => (at === null ? '' : timeOf(at, timeZone).slice(0, 10))
  const rows = items.map((item) => [
    String(item.number),
    item.text,
    item.notes ?? '',
    name(item.assignee),
    item.due ?? '',
    day(item.done_at),
    name(item.done_by),
    day(item.at),
    name(item.author),
  ])
  const lines = [SHOWN[asker.language].columns, ...rows].map((row) => row.map(cell).join(','))
  return forSpreadsheet(`${lines.join('\n')}\n`.toWellFormed())
}

function cell(text: string) {
  return `"${text.replaceAll('"', '""')}"`
}
