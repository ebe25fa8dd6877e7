import type { Sentences } from '../../sentences.ts'

/** As it is written where the sentences are spoken. */
export function numberIn({ locale }: Pick<Sentences, 'locale'>, count: number) {
  return count.toLocaleString(locale)
}
