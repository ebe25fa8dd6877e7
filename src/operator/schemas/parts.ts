import * as z from 'zod'

export const Id = z.int().positive()
export const Count = z.int().min(0)
export const Time = z.iso.datetime()
export const Dollars = z.number().min(0)
/** The file of a bot, or a version of it that was saved here. */
export const Source = z.union([z.literal('file'), Id])
