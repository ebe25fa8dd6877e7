/** What others may ask of approvals: to ask for a yes, and to read the answer. */
export { type Answer, answerTo, refusalIn, settle } from './approval/answer.ts'
export { ApprovalRequests } from './approval/ask.ts'
export { lateSentence, outcomeNotice } from './approval/wording.ts'
export { answerIn as readsAsAnswer } from './approval/yes-no.ts'
