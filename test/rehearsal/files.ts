import { ScriptedFiles } from '../support/model/files.ts'

/** What is kept beside the messages of the rehearsal, for as long as it runs. */
export const FILES = new ScriptedFiles()
