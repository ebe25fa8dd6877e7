import { type Healed, healInline as heal } from '../markdown.ts'
import { bracketsIn, isHalfLink } from './link.ts'

const ENTITY =
  /&(?:#(?:\d*|x[\da-fA-F]*)|a(?:mp?|po?s?)?|l(?:t|a(?:rr?|quo?)?)?|g(?:t)?|q(?:u(?:ot?)?)?|n(?:b(?:sp?)?|d(?:a(?:sh?)?)?)?|m(?:d(?:a(?:sh?)?)?)?|h(?:e(?:l(?:l(?:ip?)?)?)?)?|r(?:a(?:rr?|quo?)?)?|t(?:i(?:m(?:es?)?)?)?|d(?:eg?)?|e(?:u(?:ro?)?)?)?$/y
const HALF_AUTOLINK =
  /<(?:(?:h(?:t(?:tp?)?)?|https?(?::\/{0,2})?|m(?:a(?:i(?:l(?:to?)?)?)?)?|br?[ \t]{0,9}\/?)?|(?:https?:\/\/|mailto:)[^\s<>]*)$/iy

/** What begins further away than this is whole, or is nothing: no link is longer. */
const LONGEST_HALF = 2_600

/** What of an inline text can be shown, and what closes it. */
export function healInline(text: string): Healed {
  const brackets = bracketsIn(text)
  return heal(text, (text, at) => {
    if (text.length - at > LONGEST_HALF) return false
    switch (text[at]) {
      case '\\':
        return at + 1 === text.length
      case '[':
        return isHalfLink(text, at, brackets.get(at))
      case '<':
        return reachesEnd(HALF_AUTOLINK, text, at)
      default:
        return reachesEnd(ENTITY, text, at)
    }
  })
}

function reachesEnd(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at
  return pattern.test(text)
}
