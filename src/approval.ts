/** What others may ask of approvals: to ask for a yes, to read the answer, and to show what came of it. */
export { answerTo } from './approval/answer.ts'
export { ApprovalRequests } from './approval/ask.ts'
export { consequenceOf, noticeOf, settle } from './approval/settle.ts'
export { showOutcomes } from './approval/show-outcome.ts'
export { lateSentence, outcomeNotice } from './approval/wording.ts'
export { answerIn as readsAsAnswer } from './approval/yes-no.ts'
