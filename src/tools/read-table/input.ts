import * as z from 'zod'
import { SPANS, SUMS, TESTS } from '../../files.ts'
import { FileNumber } from '../stored-file.ts'

const Column = z.string().trim().min(1).max(100).describe('Its name, or its letter.')

export const TableInput = z.strictObject({
  file: FileNumber,
  sheet: z
    .string()
    .max(100)
    .optional()
    .describe('Its name or number; the first if you leave it out.'),
  columns: z.array(Column).max(50).optional().describe('Only these; all if you leave it out.'),
  range: z.string().max(20).optional().describe('As B2:F20, B:F or 2:20.'),
  where: z
    .array(
      z.strictObject({
        column: Column,
        test: z.enum(TESTS),
        value: z.string().max(200).optional().describe('A number, words, or a day, month or year.'),
      }),
    )
    .max(10)
    .optional()
    .describe('Only rows for which all of these hold.'),
  group_by: z
    .array(z.strictObject({ column: Column, span: z.enum(SPANS).optional() }))
    .max(4)
    .optional()
    .describe('A row for each value of these columns; of days by their year, month or day.'),
  sums: z
    .array(z.strictObject({ of: z.enum(SUMS), column: Column }))
    .max(10)
    .optional()
    .describe('Worked out for each group, or for all rows.'),
  sort: z
    .array(z.strictObject({ column: Column, order: z.enum(['up', 'down']).default('up') }))
    .max(3)
    .optional()
    .describe('Of groups also by "rows" or as "sum of cups".'),
  header: z
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe('The row of the names, if it is not found.'),
  from: z.int().min(0).max(2_000_000).default(0),
  limit: z.int().min(1).max(200).default(50),
})
