const SOUNDS = new Set(
  `56k ballmer bell bezos bueller butts clowntown cottoneyejoe crickets curb dadgummit dangerzone
  danielsan deeper donotwant drama drumroll flawless glados gogogo greatjob greyjoy guarantee heygirl
  honk horn horror inconceivable letitgo live loggins makeitso noooo nyan ohmy ohyeah pushit rimshot
  rollout rumble sax secret sexyback story tada tmyk totes trololo trombone unix vuvuzela what whoomp
  wups yay yeah yodel`.split(/\s+/),
)

/** A message that is exactly `/play NAME` becomes a button. */
export function soundIn(plain: string): string | null {
  const name = /^\/play (\w+)$/.exec(plain.trim())?.[1] ?? ''
  return SOUNDS.has(name) ? name : null
}
