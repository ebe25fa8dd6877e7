import { ROOM_STYLE } from './room-style.ts'

/** Light and dark, phone and desktop; no font and no picture from anywhere else. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf7f2, #171412);
  --card: light-dark(#fff, #211d1a);
  --ink: light-dark(#24201c, #f1ebe3);
  --soft: light-dark(#635a51, #b5aa9d);
  --line: light-dark(#e4dcd1, #3a332d);
  --fire: light-dark(#b23a0b, #ff9b5e);
  --glow: light-dark(#fdeee3, #3b2516);
  --good: light-dark(#1f6b3a, #7fd79c);
  --bad: light-dark(#a3161b, #ff9a94);
  --radius: .9rem;
}
* { box-sizing: border-box }
html { font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif; background: var(--paper); color: var(--ink) }
body { margin: 0; min-height: 100vh; display: grid; grid-template: auto 1fr auto / minmax(0, 1fr) }
header, main, footer { width: 100%; max-width: 72rem; margin: 0 auto; padding: 0 1.25rem }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 2rem; padding-block: 1.1rem }
footer { display: flex; justify-content: space-between; align-items: center; color: var(--soft); padding-block: 2rem 1.5rem; font-size: .9rem }
main { padding-block: .5rem 2rem; outline: none }
a { color: var(--fire); text-underline-offset: .2em }
:focus-visible { outline: 3px solid var(--fire); outline-offset: 2px; border-radius: .3rem }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1 }
.brand { display: inline-flex; align-items: center; gap: .5rem; font-weight: 750; font-size: 1.2rem; color: inherit; text-decoration: none; letter-spacing: -.01em }
.brand svg { color: var(--fire) }
nav { display: flex; flex-wrap: wrap; gap: .2rem }
nav a { color: var(--soft); text-decoration: none; padding: .35rem .8rem; border-radius: 2rem; font-weight: 550 }
nav a:hover { color: var(--ink); background: var(--glow) }
nav a[aria-current] { color: var(--fire); background: var(--glow) }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.02em; margin: .8rem 0 1.2rem; overflow-wrap: anywhere }
h2 { font-size: 1.15rem; margin: 0 0 .8rem; letter-spacing: -.01em }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem }
p { margin: .5rem 0 }
.soft { color: var(--soft) }
.good { color: var(--good) }
.bad { color: var(--bad) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.3rem 1.4rem; margin: 0 0 1.2rem; min-width: 0 }
.narrow { max-width: 30rem; margin: 8vh auto }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.2rem; margin-bottom: 1.2rem }
.grid > .card { margin: 0 }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1.2rem; margin: 0 0 1.2rem; padding: 0 }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem 1.2rem }
.figures dt { color: var(--soft); font-size: .9rem }
.figures dd { margin: 0; font-size: 1.7rem; font-weight: 700; letter-spacing: -.02em; font-variant-numeric: tabular-nums }
.scroll { overflow-x: auto; position: relative; background:
  linear-gradient(90deg, var(--card) 40%, transparent) 0 0 / 2.5rem 100% no-repeat local,
  linear-gradient(270deg, var(--card) 40%, transparent) 100% 0 / 2.5rem 100% no-repeat local,
  linear-gradient(90deg, var(--line), transparent) 0 0 / .7rem 100% no-repeat scroll,
  linear-gradient(270deg, var(--line), transparent) 100% 0 / .7rem 100% no-repeat scroll, var(--card) }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .9rem }
th, td { padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
tr:last-child > * { border-bottom: 0 }
th[scope=row], td:first-child { overflow-wrap: anywhere } th[scope=row]:has(a), td:first-child:has(a), th.name { min-width: 7rem }
.number { text-align: right }
thead th, table time, .number, .whole, th code { white-space: nowrap } .number .bad { white-space: normal }
.tag { display: inline-block; border-radius: 2rem; padding: .05rem .7rem; background: var(--glow); color: var(--fire); font-size: .88rem; font-weight: 550; white-space: nowrap }
.tag.good { background: light-dark(#e6f4ea, #17301f); color: var(--good) }
.tag.bad { background: light-dark(#fdeaea, #3b1a19); color: var(--bad) }
.tag.soft { background: light-dark(#f1ece5, #2c2723); color: var(--soft) }
.notice { background: light-dark(#e6f4ea, #17301f); color: var(--good); border-radius: var(--radius); padding: .7rem 1.1rem; margin: 0 0 1.2rem }
.problem { background: light-dark(#fdeaea, #3b1a19); color: var(--bad); border-radius: var(--radius); padding: .7rem 1.1rem; margin: 0 0 1.2rem }
meter { width: 100%; height: .9rem }
label { display: block; font-weight: 600; margin: .9rem 0 .3rem }
label .soft, .hint { font-weight: 400; color: var(--soft); font-size: .92rem }
input, select, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid light-dark(#8d8378, #85796d); border-radius: .6rem; padding: .55rem .8rem; width: 100% }
::placeholder { color: var(--soft); opacity: 1 }
input, select { min-height: 2.85rem }
input[type=checkbox] { min-height: 0; width: auto; margin-right: .5rem; accent-color: var(--fire) }
textarea { min-height: 12rem; resize: vertical; line-height: 1.5 }
button, .button { white-space: nowrap; font: inherit; font-weight: 600; cursor: pointer; color: light-dark(#fff, #1f1109); background: var(--fire); border: 1px solid transparent; border-radius: 2rem; padding: .5rem 1.2rem; text-decoration: none; display: inline-block }
button:hover, .button:hover { filter: brightness(1.08) }
button.quiet, .button.quiet { color: var(--ink); background: transparent; border-color: light-dark(#8d8378, #85796d) }
button.danger { color: var(--bad); background: transparent; border-color: currentColor }
button.plain { color: var(--fire); background: none; padding: 0; border: 0; font-weight: 500; text-decoration: underline; text-underline-offset: .2em }
.row { display: flex; flex-wrap: wrap; gap: .7rem; align-items: center }
.row > form { margin: 0 }
code, pre { font: .92em/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; white-space: pre-wrap; margin: .5rem 0 }
ul.bare { list-style: none; padding: 0; margin: 0 } ul.bare li { margin: .5rem 0 } ul.row { gap: .2rem .8rem } ul.row li { margin: 0; overflow-wrap: anywhere }
.tagged li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .5rem; align-items: baseline }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: 0 1.2rem }
fieldset { border: 0; padding: 0; margin: 1.2rem 0 0; min-width: 0 }
legend { font-weight: 650; padding: 0 }
.check { display: inline-flex; align-items: center; font-weight: 400; margin: .3rem 1.2rem .3rem 0 }
.row.end { margin-top: 1.2rem }
p + .card, .row + .card { margin-top: 1rem }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.lines { list-style: none; margin: 0; padding: 0; font: .92em/1.6 ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; white-space: pre-wrap }
.lines li { padding: 0 .7rem; border-left: 3px solid transparent }
.lines .gone { background: light-dark(#fdeaea, #3b1a19); border-color: var(--bad) }
.lines .new { background: light-dark(#e6f4ea, #17301f); border-color: var(--good) }
.pairs div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .35rem 0; border-bottom: 1px solid var(--line) }
.pairs div:last-child { border: 0 }
.pairs dt { color: var(--soft); min-width: 9rem } .pairs dd { margin: 0; overflow-wrap: anywhere; min-width: 0 }
ul.bare li.kept { border-bottom: 1px solid var(--line); padding: .6rem 0 1rem; margin: 0; overflow-wrap: anywhere } ul.bare li.kept:last-child { border-bottom: 0 }
summary { cursor: pointer; color: var(--fire); font-weight: 550; padding: .3rem 0 } details[open] { flex-basis: 100% }
.beside { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem; align-items: start }
.tall { max-height: 17rem; overflow-y: auto; background:
  linear-gradient(var(--card) 40%, transparent) 0 0 / 100% 2.5rem no-repeat local,
  linear-gradient(0deg, var(--card) 40%, transparent) 0 100% / 100% 2.5rem no-repeat local,
  linear-gradient(var(--line), transparent) 0 0 / 100% .7rem no-repeat scroll,
  linear-gradient(0deg, var(--line), transparent) 0 100% / 100% .7rem no-repeat scroll, var(--card) } .tall th { white-space: nowrap } .tall :is(th, td):last-child { padding-right: 0 }
.chart { width: 100%; height: auto } .chart rect, .share rect { fill: var(--fire) }
.chart text { fill: var(--soft); font-size: 13px } .chart .line line { stroke: var(--line) }
.share { display: inline-flex; gap: .6rem; align-items: center; white-space: nowrap } .share svg { width: 8rem; height: .6rem }
input.short, form.row label { width: auto; margin: 0 }
.limits input { min-width: 4.6rem } .limits td:first-child input { min-width: 7rem } .limits select { min-width: 5.4rem } .limits td { padding-right: .5rem }
.empty { color: var(--soft); text-align: center; padding: 2rem 1rem }
.offline::after { content: 'No connection. This is how things last looked.'; position: fixed; inset: auto 1rem 1rem auto; background: var(--ink); color: var(--paper); padding: .5rem 1rem; border-radius: 2rem }
${ROOM_STYLE}
@media (max-width: 40rem) {
  .beside { grid-template-columns: minmax(0, 1fr) } .share svg { display: none } .chart text { font-size: 22px }
  h1 { font-size: 1.5rem }
  header { gap: .4rem; padding-block: .8rem }
  nav { width: calc(100% + 1rem); overflow-x: auto; flex-wrap: nowrap; margin: 0 -.5rem; gap: 0; justify-content: space-between }
  nav a { padding: .35rem .42rem; font-size: .92rem }
  .tag { white-space: normal }
  .limits thead { position: absolute; clip-path: inset(50%) }
  .limits tr { display: grid; grid-template-columns: 1fr 1fr; gap: .4rem; padding: .6rem 0; border-bottom: 1px solid var(--line) }
  .limits tr:last-child { border: 0 } .limits td { padding: 0; border: 0 } .limits td:first-child { grid-column: 1 / -1 }
  .figures { grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)); gap: .7rem }
  .figures div { padding: .8rem .9rem } .figures dd { font-size: 1.3rem }
  .card { padding: 1rem }
  .stack thead { display: none }
  .stack tr { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line) }
  .stack tr:last-child { border: 0 }
  .stack th, .stack td { padding: 0; border: 0; min-width: 0; text-align: left } .stack th { width: 100%; font-size: 1rem }
  .stack [data-name]::before { content: attr(data-name) ' '; color: var(--soft) }
}
`
