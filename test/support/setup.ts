import fc from 'fast-check'
import { runs } from './extent.ts'

fc.configureGlobal(runs(1_000))

// The SDK lets go of a stream whose reader was collected as garbage. Of an object that a test killed in the
// middle of an answer nobody is left to do so for, and workerd logs an error each time.
Reflect.deleteProperty(globalThis, 'FinalizationRegistry')
