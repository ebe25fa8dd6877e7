import * as z from 'zod'

/** Files of a room, as a message that brings them or a turn that shows them has them. */
export const FileNumbers = z.array(z.int())
