import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

/** How it ended, and all that it said; long before anything would have begun. */
async function types(program: string, ...args: string[]) {
  return await new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    execFile(process.execPath, [join(ROOT, program), ...args], (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

it.each([
  ['test/chaos/run.ts', ['--sed', '4'], 'There is no --sed.'],
  ['test/chaos/run.ts', ['--messages', 'many'], '--messages wants a whole number of 1 or more.'],
  ['test/chaos/run.ts', ['--dialect', 'hipchat'], '--dialect wants one of rails, port, v1.4.9.'],
  ['bench/run.ts', ['--smoke=yes'], '--smoke takes no value.'],
  ['bench/run.ts', ['--only', 'speed'], 'There is no figure speed.'],
  ['bench/run.ts', ['--source', '/nowhere'], 'There are no sources of Firekeeper in /nowhere.'],
  ['test/crash/run.ts', ['pairs'], 'Nothing is done with pairs.'],
  ['test/crash/run.ts', ['mutants', 'no such thing'], 'No mutant is described by no such thing.'],
  ['test/proof.ts', ['constructor'], 'There is no part constructor.'],
  ['setup/replay.ts', ['one.json', 'two.json'], 'One file at a time.'],
  ['bench/cost.ts', ['--day', 'x'], '--day wants a number of 0 or more.'],
  ['bench/cost.ts', ['--soon', '60'], '--soon wants a number from 0 to 1.'],
  ['test/start.ts', ['--rehearse'], 'There is no --rehearse.'],
  ['setup/setup.ts', ['--nope'], 'There is no --nope.'],
  ['setup/setup.ts', ['--bot', '--yes'], '--bot wants a value.'],
  ['setup/doctor.ts', ['--name', '../x'], '--name wants lower case letters,'],
  ['setup/deploy.ts', ['--name'], '--name wants lower case letters,'],
  ['setup/deploy.ts', ['--dry-run=yes'], '--dry-run takes no value.'],
  ['setup/setup.ts', ['--name', 'example'], '--name wants another name: .dev.vars.example'],
  ['setup/deploy.ts', ['--name', 'example'], '--name wants another name: .dev.vars.example'],
])('%s ends with 2 and one line of what it cannot take: %j', async (program, args, problem) => {
  const { code, stdout, stderr } = await types(program, ...args)

  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^[^\n]+ npm (run )?[\w-]+ -- --help shows all that there is\.\n$/)
  expect(stderr).toContain(problem)
})

it.each(['test/chaos/run.ts', 'setup/setup.ts', 'setup/deploy.ts'])(
  '%s shows with --help what it knows, and does nothing',
  async (program) => {
    const { code, stdout, stderr } = await types(program, '--help')

    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^npm (run )?[\w:-]+/)
  },
)
