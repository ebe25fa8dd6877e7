import type { Sentences } from '../sentences.ts'

export const zh: Sentences = {
  operator: (ref) =>
    `我现在无法回答：出现了只有管理员才能解决的问题。请告知管理员，解决后再问我一次（${ref}）。`,
  unavailable: (ref) =>
    `我没能回答：尝试了几次，模型一直无法使用。请稍后再问我一次；如果一直这样，请告知管理员（${ref}）。`,
  tooLong: (ref) => `我没能回答：内容太长，我读不完。请缩短后再问我一次（${ref}）。`,
  failed: (ref) => `出了点问题，我没能回答。请再问我一次；如果一直这样，请告知管理员（${ref}）。`,
  parked: (ref) => `这件事我连续五次都没能处理，先放下了。请换个说法再试，或告知管理员（${ref}）。`,
  unpostable: (ref) =>
    `我已有答案，但 Campfire 没有接受。请再问我一次；如果一直这样，请告知管理员（${ref}）。`,
  outOfReach: (ref) =>
    `我已有答案，但有一天多无法连接到 Campfire。如果仍然需要，请再问我一次（${ref}）。`,
  tryingAgain: '模型正忙，我还在继续尝试。',
  refused: '这件事我帮不了：模型拒绝回答。',
  empty: '我没有要补充的。',
  stopped: '已停止。',
  stoppedHere: '（已停止）',
  forgotten: {
    direct: '已忘记：这里说过的一切，以及我保存的相关内容。',
    room: '已忘记：我在这里重新开始，你对我说过的话已从我的存档中删除。',
  },
  cutOff: '（回答已达到长度上限，到此为止。）',
  atEnd: '（已达到回答一个问题的上限，到此为止。请让我继续，或一次少问一些。）',
  partlyForgotten: '（对话太长了，我已忘掉最早的部分。）',
  whole: '完整的回答在下面的文件里。',
  help: {
    who: (name, about) => `我是 **${name}**。${about}`,
    direct: '直接在这里给我写就行。我会记住我们的对话，直到安静一段时间为止。',
    room: '提到我，我就会回答。我会记住这里对我说的话，直到安静一段时间为止。',
    words: (forgets) =>
      `只需一个词：\`help\`（本帮助）、\`stop\`（在我处理你的问题时停下）、\`why\`（上一个回答是怎么来的）、\`forget\`（${forgets}）。`,
    forgets: {
      direct: '忘记这里说过的一切',
      room: '重新开始，并删除你对我说过的话',
    },
    limits: '我无法打开你发布的文件，也只能看到这个房间。',
  },
}
