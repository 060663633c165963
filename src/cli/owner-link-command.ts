import type { Command } from 'commander'
import type { CommandContext } from './cli-ports.ts'

/** `murmurcast owner-link`: a way in for the owner who is signed out. */
export function addOwnerLinkCommand(
  program: Command,
  { builders, terminal }: CommandContext,
): void {
  program
    .command('owner-link')
    .description('Print a link that signs the owner in, once')
    .action(async () => {
      await using house = await builders.openHouse()
      terminal.out(await house.inviteOwner())
    })
}
