import { runEvaluation } from './run.ts'

process.exitCode = runEvaluation()
