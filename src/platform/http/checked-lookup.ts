import { lookup as lookupHost } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { type AddressReason, classifyAddress } from './address-rules.ts'

/** All addresses of a host name, in the order in which to try them. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

/** Asks the operating system, hosts file included. */
export const resolveHost: Resolve = async (hostname) => {
  const answers = await lookupHost(hostname, { all: true, order: 'verbatim' })
  return answers.map((answer) => answer.address)
}

/** Thrown while connecting, before any packet is sent; it becomes a Failure further up. */
export class ForbiddenAddress extends Error {
  readonly reason: AddressReason

  constructor(reason: AddressReason) {
    super(`forbidden address: ${reason}`)
    this.name = 'ForbiddenAddress'
    this.reason = reason
  }
}

/** Thrown while connecting when a name has no address at all. */
export class NoAddress extends Error {}

/** Judges one address in text form. */
export type JudgeAddress = (address: string) => 'public' | AddressReason

/** The rule for what readers supply. `publicRanges` is for tests alone. */
export function judgeByRules(publicRanges: readonly string[]): JudgeAddress {
  return (address) => classifyAddress(address, publicRanges)
}

/** The rule for places that the owner named. */
export const judgeNothing: JudgeAddress = () => 'public'

/**
 * The addresses of `hostname` (a name, or an address itself), all of them allowed. One forbidden
 * answer refuses the name: a mixed answer is how a guard is passed that looks at one of them.
 */
export async function resolveChecked(
  hostname: string,
  resolve: Resolve,
  judge: JudgeAddress,
): Promise<readonly string[]> {
  const addresses = isIP(hostname) === 0 ? await resolve(hostname) : [hostname]
  if (addresses.length === 0) throw new NoAddress(hostname)
  for (const address of addresses) {
    const verdict = judge(address)
    if (verdict !== 'public') throw new ForbiddenAddress(verdict)
  }
  return addresses
}

/**
 * `resolveChecked` in the shape that sockets ask for. The socket connects to what is handed back
 * here and asks no more, so the address that was judged is the address that is used.
 */
export function lookupChecked(resolve: Resolve, judge: JudgeAddress): LookupFunction {
  return (hostname, options, callback) => {
    resolveChecked(hostname, resolve, judge).then(
      (addresses) => {
        const answers = addresses.map((address) => ({ address, family: isIP(address) }))
        const [first] = answers
        if (options.all) callback(null, answers)
        else callback(null, first?.address ?? '', first?.family ?? 0)
      },
      (error) => callback(error, ''),
    )
  }
}
