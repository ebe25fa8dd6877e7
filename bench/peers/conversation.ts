/** What is said, and what is answered: plain text, the same for everyone. */
export const INSTRUCTIONS = `You are a helpful colleague in a team's chat. You are friendly, direct and
brief: a few sentences are usually enough.`

const TOPICS = ['the launch', 'the pricing page', 'the support rota', 'the onboarding email']

export function question(mark: string, turn: number) {
  const topic = TOPICS[turn % TOPICS.length]
  return `${mark} What should we look at next for ${topic}, now that step ${turn} is done? We have two
people this week, and nobody wants to touch the old importer before the holidays.`
}

export function answerTo(mark: string) {
  return `${mark} I would look at the numbers of last week first, then ask whoever was on call whether
they saw the same, and only then decide. Two people are enough for that, and it leaves the importer alone.`
}

/** Finds the marks in whatever somebody sends, oldest first. */
export function marksIn(text: string) {
  return [...text.matchAll(/\[[a-z]+-\d+\]/g)].map(([mark]) => mark)
}
