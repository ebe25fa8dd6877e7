import type { Sentences } from './interface.ts'
import { either, fullWidthLine } from './lists.ts'

export const zh: Sentences = {
  language: 'zh',
  locale: 'zh-CN',
  operator: (ref) =>
    `抱歉，我现在没法回答。有个问题只有管理员能解决。请告诉管理员，解决后再来问我（${ref}）。`,
  unavailable: (ref) =>
    `抱歉，我没能回答。我试了好几次，都连不上模型。请过一会儿再问我。如果一直这样，请告诉管理员（${ref}）。`,
  tooLong: (ref) => `抱歉，内容太长，我一次读不完。请缩短一些再问我（${ref}）。`,
  failed: (ref) =>
    `抱歉，出了点问题，我没能回答。请再问我一次。如果一直这样，请告诉管理员（${ref}）。`,
  parked: (ref) =>
    `抱歉，这件事我试了好几次都出问题，就先不再试了。请换个说法，或者告诉管理员（${ref}）。`,
  unpostable: (ref) =>
    `我已经有了答案，但 Campfire 没有接受。请再问我一次。如果一直这样，请告诉管理员（${ref}）。`,
  inDoubt: (ref) =>
    `我发出了回答，但无法确认它是否送达：可能没有显示，也可能出现了两次。如果没有看到，请再问我一次（${ref}）。`,
  mayBeMissing: (ref) =>
    `我发出了回答，但无法确认它是否送达。如果没有看到，请再问我一次（${ref}）。`,
  outOfReach: (ref) =>
    `我已有答案，但有一天多无法连接到 Campfire。如果仍然需要，请再问我一次（${ref}）。`,
  tryingAgain: '模型现在很忙，我还在继续试。',
  working: '我正在处理，这次需要稍久一点。',
  pickingUp: '刚才被打断了，我正在重新回答',
  rests: '我休息十分钟：我们已经连续来回说了好一阵。之后再问我就好。',
  refused: '抱歉，这件事我帮不上忙，模型不愿回答。',
  empty: '我没有什么要补充的。',
  stopped: '好的，已停下。',
  stoppedHere: '（在这里停下了）',
  brokenOff: '（我在这里被打断，没能继续。请再问我一次。）',
  mentionMe: '这里有好几个人，所以只有提到我时我才回答，以免打扰你们交谈。',
  forgotten: {
    direct:
      '好了。我们在这里聊过的一切、收到的文件，以及我保存的内容，我都忘掉了。清单会保留。你让我记住的关于你的事还在。如果也想让我忘掉，请告诉我。',
    room: '好了。我在这里重新开始。你对我说过的话、给我的文件、我给你的回答，还有我为你保存的内容，都已经删除。我为别人保存的内容和清单会保留。你让我记住的关于你的事还在。如果也想让我忘掉，请告诉我。',
  },
  cutOff: '（我得在这里停下，一次回答最多只能这么长。）',
  atEnd: '（我在这里停下了，因为已经达到回答一个问题的上限。可以让我继续，或者一次少问一点。）',
  partlyLeftOut: '（我不得不略去我们之前对话的一部分：模型不再接受它。）',
  serverTools: {
    searching: (query) => `正在网上搜索“${query}”`,
    opening: (host) => `正在打开 ${host}`,
    running: '正在运行代码',
    lost: '（我没能用上一个用于网页或代码的工具：这里的模型不提供它。明天我再试。）',
    notHanded: (names) => `（我没能把 ${names} 交给模型，只好不用它。）`,
    made: {
      left: (items) => `（代码生成的文件没有全部放在这里：${items}。）`,
      unnamed: '另一个文件',
      why: {
        kind: '不是 PNG、CSV、Excel 或 PDF 文件',
        large: '太大',
        many: '我最多附上五个',
        lost: '我没能取到',
        refused: 'Campfire 没有接受',
        unsure: '可能没有送达',
      },
    },
  },
  partlyForgotten: '（我们的对话太长了，我已经忘掉最早的部分。）',
  whole: '完整的回答在下面的文件里。',
  limit: {
    yours: (until) => `你的费用上限已用完，要到${until}我才能再回答。如果急需，请联系管理我的人。`,
    room: (until) =>
      `这个房间的费用上限已用完，要到${until}我才能在这里再回答。如果急需，请联系管理我的人。`,
    mine: (until) => `我的费用上限已用完，要到${until}我才能再回答。如果急需，请联系管理我的人。`,
    everyones: (until) =>
      `这里所有机器人的费用上限已用完，要到${until}我才能再回答。如果急需，请联系管理我的人。`,
    waits: '费用上限的余额目前留给了其他回答，我正在等它空出来。',
    tiedUp: '费用上限的余额还留给其他回答，我等待的时间已到。请过一分钟再问我一次。',
    yesWaits: '你同意的事我还没有做。我的请求仍然有效，请稍后再回复一次“是”。',
    note: ({ whose, percent, spent, amount, until }) =>
      `${whose} 的费用上限：已用 ${percent}%，${amount} 中的 ${spent}。${until}重新开始。`,
  },
  help: {
    who: (name, about) => `你好，我是 **${name}**。${about}`,
    direct: '直接在这里给我写就行。我会记住我们的对话，直到这里安静一段时间。',
    room: '提到我，我就会回答。我会记住大家在这里对我说的话，直到这里安静一段时间。',
    examples: '比如，你可以对我说：',
    web: '在网上查一下去贝尔金的火车。',
    code: '把我表格里的数字画成图。',
    servers: (names) => `我还可以使用其他服务提供的功能：${names}。`,
    words: (forgets) =>
      `只需一个词：\`帮助\`（就是这段说明）、\`停止\`（在我处理你的问题时）、\`为什么\`（上一个回答是怎么来的）、\`忘记\`（${forgets}）。也可以用英文：\`help\`、\`stop\`、\`why\`、\`forget\`。`,
    forgets: {
      direct: '忘掉我们在这里聊过的一切',
      room: '重新开始，并删除你对我说过的话',
    },
    limits:
      '你发布的文件我只看得到名字：问我关于它的问题，我会给你一个上传链接。我也只能看到这个房间。',
  },
  signInEnded: (server, bot) =>
    `我在 **${server}** 的登录已经失效，**${bot}** 暂时不能使用它的工具。请在 ${bot} 的页面上重新登录。`,
  approval: {
    run: (tool) => `我可以运行“**${tool}**”吗？`,
    several: (count) => `我可以做这 ${count} 件事吗？一个回复对全部有效。`,
    who: (you, others) => either([you ? `你（${you}）` : '你', ...others], '或', '、'),
    someone: '其他负责人',
    direct: (who) => `请${who}在一天内回复“*是*”或“*否*”。`,
    mention: (who, bot) => `请${who}在一天内回复“*@${bot} 是*”或“*否*”。`,
    unnamed: (who) => `请${who}在一天内提到我，并回复“*是*”或“*否*”。`,
    input: '我会原样使用以下内容：',
    cut: (count) => `（内容较长，有 ${count} 个字符没有显示，但同样会被使用。）`,
    goes: (what) => `将会永久失去：${what}。`,
    more: (count) => `以及另外 ${count} 项`,
    late: (tools) => `一天内没有人回复“是”，所以我没有运行${tools}。`,
    unpaid: (tools) =>
      `有人回复了“是”，但由于费用上限我没能执行，而我提出请求已过去一天。所以我没有运行${tools}。如果仍然需要，请再告诉我一次。`,
    granted: (who) => (who ? `${who}已同意` : '已同意'),
    refused: (who) => (who ? `${who}已拒绝` : '已拒绝'),
    withdrawn: '已撤回',
    expired: '已过期',
  },
  files: {
    offer: (link) =>
      `想让我看文件，请在十五分钟内[放到这里](${link})，或者把它在 Campfire 里的下载链接粘贴到发给我的消息里。`,
    paste: '想让我看文件，请把它在 Campfire 里的下载链接粘贴到发给我的消息里。',
  },
  reminder: {
    kept: '还没到时间的提醒也会保留。',
    refused: '有一条提醒到时间了，但 Campfire 没有接受它的内容。',
    foot: (number, by) => (by ? `提醒 ${number}，来自 ${by}。` : `提醒 ${number}。`),
    late: (span) => `这条晚了 ${span}。`,
    missed: (_, shown) => `之前的 ${shown} 次没有发出。`,
    paused: (who, numbers) =>
      `${who} 已有 90 天没来这里，所以我暂停了定期要做的事（${numbers}）。如果还需要，请告诉我继续。`,
  },
  why: {
    unknown: '那里找不到我的回答：它不是我的，或者时间太久了。',
    nothing: '我在这里还没有说过话。',
    why: '原因',
    reasons: {
      mentioned: '有人提到了我',
      direct: '这里是我们两个人的对话',
      always: '我在这里什么都回答',
      files: '有人给我上传了文件',
      'not mentioned': '我没有回答，因为没有人提到我',
      'bots in a row': '我没有回答，因为只是机器人在互相回复',
      'too many in a row': '一下子来得太多，我休息了一会儿',
      'taken back': '我没有回答，因为消息被删除了',
      forgotten: '我没有回答，因为那些话已经忘掉',
      cancelled: '我没有回答，因为任务已取消',
      'answered elsewhere': '我没有回答，因为已经有了回答',
      limit: '我没有回答，因为费用上限已用完',
      'approval expired': '没有人及时同意',
      'approval unpaid': '有人同意了，但费用上限不允许',
      'several people': '这里有好几个人在说话',
      note: '需要让管理我的人知道',
    },
    scheduled: (number) => `提醒 ${number} 到时间了`,
    again: '管理我的人让我再试一次',
    read: '读了',
    tools: '工具',
    took: '用时和费用',
    line: fullWidthLine('，'),
    word: '只有一个词，不需要模型',
    messages: (_, shown) => `${shown} 条消息`,
    edited: '以编辑后的内容为准',
    others: '其他人在前后说的话',
    noOthers: '没有其他人的话',
    forgotten: '其余的后来已经忘掉',
    tiers: {
      hot: '我们之前的对话（还在内存里）',
      warm: '我们之前的对话（从存储读取）',
      cold: '没有之前的对话',
    },
    made: (names) => `已附上：${names.join(', ')}`,
    noTools: '没有',
    outcomes: {
      ok: '成功',
      error: '失败',
      unknown: '可能做了，也可能没做',
      intended: '没有做',
      waiting: '在等一个“是”',
    },
    seconds: (shown) => `${shown} 秒`,
    tokens: ({ read, cached, written }) =>
      `读入 ${read} 个 token（其中 ${cached} 个来自缓存），写出 ${written} 个`,
    missed: (reason) => `没有用上缓存（${reason}）`,
    misses: {
      model_changed: '换了模型',
      system_changed: '我的指令变了',
      tools_changed: '我的工具变了',
      messages_changed: '对话变了',
    },
    noPrice: '价格未知',
    atMost: (cost) => `最多 ${cost}`,
    models: (names) => names.join('，然后是 '),
    noModel: '没有模型的回答',
    request: (id) => `请求 ${id}`,
    failedRequest: (id) => `失败的请求 ${id}`,
    version: (worker, bot) => `版本 ${worker}（机器人 ${bot}）`,
    ends: {
      silent: '有意没有回答',
      stopped: '中途停下',
      failed: '失败了',
      parked: '多次崩溃后放弃',
    },
    crashes: (_, shown) => `从 ${shown} 次崩溃中恢复`,
    noCrashes: '没有崩溃',
    doubts: {
      'may stand twice': '回答可能出现了两次',
      'may be missing': '回答可能没有送到',
      'may stand twice or be missing': '回答可能出现了两次，也可能没有送到',
    },
  },
}
