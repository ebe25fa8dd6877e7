/** The languages that the bot's own words come in: those of the model are its own affair. */
export type Language = 'en' | 'de' | 'es' | 'fr' | 'it' | 'ja' | 'nl' | 'pt' | 'zh'

/** The same words in each of them: where one is missing, nothing compiles. */
export type InEach<Words> = Record<Language, Words>
