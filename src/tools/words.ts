import * as z from 'zod'
import { visible } from '../campfire.ts'

/** Words that people are to read again: what nobody can see is none of them, and alone it is nothing. */
export const PeoplesWords = z.string().overwrite(visible).trim()
