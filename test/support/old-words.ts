/** What people said in another century. */
export const OLD_WORDS = new RegExp(
  `\\b(${[
    'leave',
    'afresh',
    'to be had',
    "can['’]t be had",
    'came of',
    'let go',
    'its longest',
    'stumbled',
    'whom',
    'shall',
    'of mine',
    'goes on',
    'no such',
    'are to come',
    'had me',
  ].join('|')})\\b`,
  'i',
)
