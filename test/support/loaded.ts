// What the Worker loads when it is wanted is there from the start in a test: Vitest loads a module by questions and
// answers, and one that is asked for by an object which a test then kills would never come, for nobody.
import '../../src/account.ts'
import '../../src/files/csv.ts'
import '../../src/files/table/ask.ts'
import '../../src/files/text.ts'
import '../../src/files/xlsx.ts'
import '../../src/model/sdk.ts'
import '../../src/operator.ts'
import '../../src/person.ts'
import '../../src/tools/fetch-page/open.ts'
import '../../src/upload.ts'
