/** Light and dark, and large enough for a thumb. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf7f2, #171412);
  --card: light-dark(#fff, #211d1a);
  --ink: light-dark(#24201c, #f1ebe3);
  --soft: light-dark(#635a51, #b5aa9d);
  --line: light-dark(#8d8378, #85796d);
  --fire: light-dark(#b23a0b, #ff9b5e);
  --glow: light-dark(#fdeee3, #3b2516);
  --good: light-dark(#1f6b3a, #7fd79c);
  --bad: light-dark(#a3161b, #ff9a94);
}
* { box-sizing: border-box }
[hidden] { display: none !important }
html { font: 1.05rem/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; background: var(--paper); color: var(--ink) }
body { margin: 0; min-height: 100vh; display: grid; align-items: start; justify-items: center; padding: 1.5rem 1rem }
main { width: 100%; max-width: 34rem }
h1 { font-size: 1.6rem; line-height: 1.2; letter-spacing: -.02em; margin: .5rem 0 .7rem }
.asker { margin: 0 0 1.3rem; overflow-wrap: anywhere }
.soft { color: var(--soft); font-size: .9rem }
#choice { position: absolute; opacity: 0; width: 1px; height: 1px }
.field { display: grid; justify-items: center; gap: .3rem; text-align: center; padding: 2rem 1rem; background: var(--card); border: 2px dashed var(--line); border-radius: 1.1rem; cursor: pointer }
.field svg { color: var(--fire) }
.field span { color: var(--soft); font-size: .92rem }
.field.over { background: var(--glow); border-color: var(--fire) }
#choice:focus-visible + .field, button:focus-visible { outline: 3px solid var(--fire); outline-offset: 3px }
ul { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: .6rem }
li { display: flex; align-items: center; gap: .8rem; background: var(--card); border-radius: .8rem; padding: .6rem .8rem; min-width: 0 }
li img { width: 3.4rem; height: 3.4rem; object-fit: cover; border-radius: .5rem; flex: none }
li span { flex: 1; min-width: 0; overflow-wrap: anywhere }
li small { color: var(--soft); white-space: nowrap }
button { font: inherit; font-weight: 650; min-height: 3.2rem; width: 100%; color: light-dark(#fff, #1f1109); background: var(--fire); border: 0; border-radius: 2rem; cursor: pointer }
button:disabled { color: var(--soft); background: light-dark(#e9e1d6, #2c2723); cursor: default }
progress { width: 100%; height: .8rem; accent-color: var(--fire); margin-bottom: .8rem }
.state { font-weight: 600; min-height: 1.5em; overflow-wrap: anywhere }
.good { color: var(--good) }
.bad { color: var(--bad) }
`
