import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Failure } from '../model/failure.ts'
import type { BackupReport, CommandContext } from './cli-ports.ts'

const PASSPHRASE_HELP = 'file that holds the passphrase, on its first line'

/** `murmurcast backup` and `murmurcast restore`. */
export function addBackupCommands(program: Command, { builders, terminal }: CommandContext): void {
  program
    .command('backup <file>')
    .description('Write everything into one file: database, keys, send journal')
    .option('--passphrase-file <path>', PASSPHRASE_HELP)
    .addHelpText(
      'after',
      '\nmurmurcast may go on running meanwhile. The file is read back and proved whole before\nthe command ends. Without a passphrase it holds your keys in the clear: keep it safe.',
    )
    .action(async (file: string, options: { passphraseFile?: string }) => {
      await using house = await builders.openHouse()
      const report = await house.backup(file, {
        passphrase: await readPassphrase(options.passphraseFile),
        onProgress: (table, rows) => terminal.progress(`${table}: ${rows} rows`),
      })
      terminal.out(`${terminal.colours.green('✓')} ${file}: ${describeReport(report)}.`)
    })

  program
    .command('restore <file>')
    .description('Replace everything by what a backup holds; murmurcast must be stopped')
    .option('--passphrase-file <path>', PASSPHRASE_HELP)
    .action(async (file: string, options: { passphraseFile?: string }) => {
      terminal.progress(`Reading ${file} …`)
      const passphrase = await readPassphrase(options.passphraseFile)
      const report = await builders.restore(file, { passphrase })
      terminal.out(`${terminal.colours.green('✓')} Restored ${describeReport(report)}.`)
    })
}

function describeReport({ rows, tables, files, bytes }: BackupReport): string {
  const size = (bytes / 1_000_000).toFixed(1)
  const kept = files.length === 0 ? 'no files' : files.join(' and ')
  return `${rows} rows of ${tables} tables, ${kept} (${size} MB)`
}

async function readPassphrase(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new Failure('passphrase-file', 'caller', `The file ${path} cannot be read.`, { cause })
  })
  const passphrase = text.split(/\r?\n/, 1)[0] ?? ''
  if (passphrase !== '') return passphrase
  throw new Failure('passphrase-file', 'caller', `The first line of ${path} is empty.`)
}
