import type { Sentences } from './interface.ts'
import { either, fullWidthLine } from './lists.ts'

export const ja: Sentences = {
  language: 'ja',
  locale: 'ja-JP',
  operator: (ref) =>
    `すみません、今はお答えできません。管理者にしか直せない問題が起きています。管理者に伝えて、直ったらもう一度聞いてください（${ref}）。`,
  unavailable: (ref) =>
    `すみません、お答えできませんでした。何度か試しましたが、モデルにつながりませんでした。後でもう一度聞いてください。続くようなら、管理者に伝えてください（${ref}）。`,
  tooLong: (ref) =>
    `すみません、一度に読める長さを超えています。もう少し短くして、もう一度聞いてください（${ref}）。`,
  failed: (ref) =>
    `すみません、うまくいかず、お答えできませんでした。もう一度聞いてください。続くようなら、管理者に伝えてください（${ref}）。`,
  parked: (ref) =>
    `すみません、何度試してもうまくいかなかったので、この件はここまでにします。言い方を変えてみるか、管理者に伝えてください（${ref}）。`,
  unpostable: (ref) =>
    `答えは用意できたのですが、Campfireに投稿できませんでした。もう一度聞いてください。続くようなら、管理者に伝えてください（${ref}）。`,
  inDoubt: (ref) =>
    `答えを送りましたが、届いたかどうかを確かめられませんでした。届いていないか、二重に表示されているかもしれません。見当たらなければ、もう一度聞いてください（${ref}）。`,
  outOfReach: (ref) =>
    `答えは用意できましたが、一日以上Campfireにつながりませんでした。まだ必要でしたら、もう一度聞いてください（${ref}）。`,
  tryingAgain: 'モデルが今とても混み合っています。引き続き試しています。',
  working: '対応しています。今回は少し時間がかかります。',
  pickingUp: '中断されたため、もう一度取りかかっています',
  rests:
    '10分間休みます。しばらく休みなくやり取りが続いているためです。そのあと、もう一度声をかけてください。',
  refused: 'すみません、その件はお手伝いできません。モデルが回答を控えました。',
  empty: '特に付け加えることはありません。',
  stopped: '止めました。',
  stoppedHere: '（ここで止めました）',
  brokenOff: '（ここで中断され、続けられませんでした。もう一度お尋ねください。）',
  mentionMe:
    'ここには複数の方がいるので、会話の邪魔にならないよう、メンションされたときだけお答えします。',
  forgotten: {
    direct:
      '完了しました。ここでの会話も、受け取ったファイルも、残していた記録も、すべて忘れました。リストはそのままです。あなたについて覚えておくよう頼まれたことは残っています。それも忘れてほしければ、そう言ってください。',
    room: '完了しました。ここでは最初からやり直します。あなたから聞いたこと、受け取ったファイル、あなたへの回答、あなたのために残していた記録は、すべて消しました。ほかの人のために残しているものとリストはそのままです。あなたについて覚えておくよう頼まれたことは残っています。それも忘れてほしければ、そう言ってください。',
  },
  cutOff: '（一つの回答に書ける長さの上限なので、ここまでにします。）',
  atEnd:
    '（一つの質問にかけられる上限に達したので、ここで止めました。「続けて」と言うか、少し絞って聞いてください。）',
  partlyLeftOut: '（これまでの会話の一部を外しました。モデルが受け付けなくなったためです。）',
  serverTools: {
    searching: (query) => `ウェブで「${query}」を検索しています`,
    opening: (host) => `${host} を開いています`,
    running: 'コードを実行しています',
    lost: '（ウェブやコード用のツールの一つを使わずに答えました。ここのモデルでは使えないためです。明日また試します。）',
    notHanded: (names) => `（${names}をモデルに渡せなかったので、それなしで答えました。）`,
    made: {
      left: (items) => `（コードが作ったもののうち、ここにないものがあります：${items}。）`,
      unnamed: 'ほかのファイル',
      why: {
        kind: 'PNG、CSV、Excel、PDFのどれでもありません',
        large: '大きすぎます',
        many: '添付は五つまでです',
        lost: '取得できませんでした',
        refused: 'Campfireが受け付けませんでした',
        unsure: '届いていないかもしれません',
      },
    },
  },
  partlyForgotten: '（会話が長くなりすぎたので、いちばん古い部分を忘れました。）',
  whole: '回答の全文は下のファイルにあります。',
  limit: {
    yours: (until) =>
      `あなたの利用上限に達したため、${until}まで返信できません。それより早く必要な場合は、このボットの管理者にお尋ねください。`,
    room: (until) =>
      `このルームの利用上限に達したため、${until}までここでは返信できません。それより早く必要な場合は、このボットの管理者にお尋ねください。`,
    mine: (until) =>
      `このボットの利用上限に達したため、${until}まで返信できません。それより早く必要な場合は、このボットの管理者にお尋ねください。`,
    everyones: (until) =>
      `ここのすべてのボットの利用上限に達したため、${until}まで返信できません。それより早く必要な場合は、このボットの管理者にお尋ねください。`,
    waits: '利用上限の残りは、いま他の返信のために確保されています。空くのを待っています。',
    yesWaits:
      '承認していただいたことは、まだ実行していません。先ほどの質問はそのまま有効ですので、後でもう一度「はい」と返信してください。',
    note: ({ whose, percent, spent, amount, until }) =>
      `${whose}の利用上限：${amount}のうち${spent}（${percent}%）を使いました。${until}に改めて始まります。`,
  },
  help: {
    who: (name, about) => `こんにちは、**${name}**です。${about}`,
    direct: 'ここにそのまま書いてください。しばらく静かになるまで、会話を覚えています。',
    room: 'メンションしてもらえればお答えします。しばらく静かになるまで、ここで私に話されたことを覚えています。',
    examples: 'たとえば、こんなふうに聞いてください：',
    web: 'ウェブでベルギュン行きの列車を調べてください。',
    code: '私の表の数字をグラフにしてください。',
    servers: (names) => `ほかのサービスの機能も使えます: ${names}。`,
    words: (forgets) =>
      `一言で使えるもの：\`ヘルプ\`（この説明）、\`停止\`（質問に取りかかっている間に）、\`なぜ\`（直前の回答の内訳）、\`忘れる\`（${forgets}）。英語の \`help\`、\`stop\`、\`why\`、\`forget\` も使えます。`,
    forgets: {
      direct: 'ここでの会話をすべて忘れます',
      room: '最初からやり直し、あなたから聞いたことを消します',
    },
    limits:
      '投稿されたファイルは名前しか見えません。ファイルについて尋ねてくだされば、渡すためのリンクをお送りします。また、見えるのはこのルームだけです。',
  },
  signInEnded: (server, bot) =>
    `**${server}** へのサインインが切れたため、**${bot}** はそのツールを使えません。${bot} のページでもう一度サインインしてください。`,
  approval: {
    run: (tool) => `「**${tool}**」を実行してもいいですか？`,
    several: (count) => `次の${count}件を実行してもいいですか？一度の返事ですべてに答えられます。`,
    who: (you, others) =>
      either([you ? `あなた（${you}さん）` : 'あなた', ...others.map(named)], 'または', '、'),
    someone: 'ほかの担当者',
    direct: (who) => `${who}が、1日以内に「*はい*」か「*いいえ*」と返信してください。`,
    mention: (who, bot) =>
      `${who}が、1日以内に「*@${bot} はい*」か「*いいえ*」と返信してください。`,
    unnamed: (who) =>
      `${who}が、1日以内に私をメンションして「*はい*」か「*いいえ*」と返信してください。`,
    input: '使う内容はこのとおりです：',
    cut: (count) => `（長いため、${count}文字はここに表示していません。それらも使われます。）`,
    goes: (what) => `元に戻せなくなるもの：${what}。`,
    more: (count) => `ほか${count}件`,
    late: (tools) => `1日以内に「はい」がなかったので、${tools}は実行しませんでした。`,
    granted: (who) => (who ? `${who}さんが承認しました` : '承認されました'),
    refused: (who) => (who ? `${who}さんが断りました` : '断られました'),
    withdrawn: '取り下げられました',
    expired: '期限切れです',
  },
  files: {
    offer: (link) =>
      `ファイルを見せるには、15分以内に[ここに置く](${link})か、Campfireのダウンロードリンクを私へのメッセージに貼り付けてください。`,
    paste:
      'ファイルを見せるには、Campfireのダウンロードリンクを私へのメッセージに貼り付けてください。',
  },
  reminder: {
    kept: 'これから届くリマインダーもそのまま残ります。',
    foot: (number, by) =>
      by ? `リマインダー${number}（${by}さんより）。` : `リマインダー${number}。`,
    late: (span) => `${span}遅れています。`,
    missed: (_, shown) => `前の${shown}回分は送れませんでした。`,
    paused: (who, numbers) =>
      `${who}さんが90日間ここに来ていないため、定期的に頼まれていたこと（${numbers}）を止めています。続ける場合は教えてください。`,
  },
  why: {
    unknown: 'そこに私の回答は見つかりません。私のものではないか、古すぎるようです。',
    nothing: 'ここではまだ何も言っていません。',
    why: '理由',
    reasons: {
      mentioned: 'メンションされたため',
      direct: '一対一の会話のため',
      always: 'ここではすべてに答えるため',
      files: 'ファイルを受け取ったため',
      'not mentioned': 'メンションがなかったので答えませんでした',
      'bots in a row': 'ボット同士の応答が続いたので答えませんでした',
      'too many in a row': '一度に多すぎたので休みました',
      'taken back': 'メッセージが削除されたので答えませんでした',
      forgotten: '発言を忘れたので答えませんでした',
      cancelled: 'タスクが取り消されたので答えませんでした',
      'answered elsewhere': 'すでに回答があったので答えませんでした',
      limit: '利用上限に達していたので答えませんでした',
      'approval expired': '時間内に「はい」がなかったため',
      'several people': 'ここでは複数の人が話すため',
      note: '運用担当者に知らせるため',
    },
    scheduled: (number) => `リマインダー${number}の時間になったため`,
    again: '運用担当者が再試行したため',
    read: '読んだもの',
    tools: 'ツール',
    took: '所要',
    line: fullWidthLine('、'),
    word: '一言だけ（モデルは不要でした）',
    messages: (_, shown) => `メッセージ${shown}件`,
    edited: '編集後の内容',
    others: '前後のほかの人の発言',
    noOthers: 'ほかの人の発言はなし',
    forgotten: '残りはその後忘れました',
    tiers: {
      hot: 'これまでの会話（メモリから）',
      warm: 'これまでの会話（保存先から）',
      cold: '以前の会話はなし',
    },
    made: (names) => `添付：${names.join(', ')}`,
    noTools: 'なし',
    outcomes: {
      ok: '成功',
      error: '失敗',
      unknown: '実行されたかどうか不明',
      intended: '未実行',
      waiting: '「はい」を待っています',
    },
    seconds: (shown) => `${shown}秒`,
    tokens: ({ read, cached, written }) =>
      `入力${read}トークン（うちキャッシュ${cached}）、出力${written}`,
    missed: (reason) => `キャッシュは使えず（${reason}）`,
    misses: {
      model_changed: '別のモデル',
      system_changed: '指示の変更',
      tools_changed: 'ツールの変更',
      messages_changed: '会話の変更',
    },
    noPrice: '料金は不明',
    atMost: (cost) => `最大${cost}`,
    models: (names) => names.join('、その後'),
    noModel: 'モデルの回答なし',
    request: (id) => `リクエスト ${id}`,
    failedRequest: (id) => `失敗したリクエスト ${id}`,
    version: (worker, bot) => `バージョン ${worker}（ボット ${bot}）`,
    ends: {
      silent: 'あえて答えませんでした',
      stopped: '途中で止まりました',
      failed: '失敗しました',
      parked: '何度か落ちたため中止しました',
    },
    crashes: (_, shown) => `${shown}回の障害から復帰`,
    noCrashes: '障害なし',
    doubts: {
      'may stand twice': '回答が二重に出ているかもしれません',
      'may be missing': '回答が届いていないかもしれません',
      'may stand twice or be missing': '回答が二重に出ているか、届いていないかもしれません',
    },
  },
}

function named(name: string) {
  return name === ja.approval.someone ? name : `${name}さん`
}
