/** What the rooms have beyond the rest: the conversation, and what grows in it. */
export const ROOM_STYLE = `
.lead { color: var(--soft); margin: -.5rem 0 1.2rem }
.search { display: flex; gap: .7rem; margin: 0 0 1.2rem; align-items: end; flex-wrap: wrap }
.search > div { flex: 1 1 14rem } .search label { margin-top: 0 }
.pages { display: flex; justify-content: space-between; gap: 1rem; margin: .8rem 0 0 }
.turns { list-style: none; margin: 0; padding: 0 }
.turns > li { border-top: 1px solid var(--line); padding: 1.1rem 0 }
.turns > li:first-child { border-top: 0; padding-top: 0 }
.turn-head { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: baseline; margin: 0 0 .5rem; font-size: .92rem; color: var(--soft) }
.turn-head h3 { margin: 0; font-size: 1rem; color: var(--ink); overflow-wrap: anywhere }
.said, .answered { white-space: pre-wrap; overflow-wrap: anywhere; border-radius: var(--radius); padding: .6rem .9rem; margin: .4rem 0; max-width: 46rem }
.said { background: var(--paper) }
.answered { background: var(--glow) }
.said b { display: block; font-size: .88rem; color: var(--soft); font-weight: 600 }
.turns details, .turns ~ details { margin: .5rem 0 } .turns summary, .turns ~ details > summary { cursor: pointer; color: var(--soft); font-size: .92rem }
.turns details pre, .turns ~ details pre { max-height: 24rem; overflow: auto }
.live:has(form:not([hidden])) { border-color: var(--fire) }
.live .answered:empty { display: none }
.live ul { margin: .4rem 0; padding: 0; list-style: none }
.room-fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0 1.2rem }
.room-fields > div { display: grid; grid-row: span 3; grid-template-rows: subgrid } .room-fields label { align-self: end }
.room-fields p { margin: .2rem 0 0 }
dl.receipt-pairs { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .3rem 1.2rem; margin: 0 }
dl.receipt-pairs dt { color: var(--soft) } dl.receipt-pairs dd { margin: 0; overflow-wrap: anywhere } dl.receipt-pairs li { margin: 0 }`
