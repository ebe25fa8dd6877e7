import { answered } from './places/answered.ts'
import { useHere } from './places/here.ts'
import { kept } from './places/kept.ts'
import { said } from './places/said.ts'

/** Everywhere that a word may come to stand. */
export function usePlaces() {
  const here = useHere()
  return { ...here, places: [...said(here), ...answered(here), ...kept(here)] }
}
