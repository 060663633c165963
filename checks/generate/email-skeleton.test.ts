import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { generateEmailSkeleton } from './email-skeleton.ts'

it('skeleton.generated.ts is what digest.mjml says', async () => {
  const path = new URL('../../src/digests/email/skeleton.generated.ts', import.meta.url)
  expect(await generateEmailSkeleton()).toBe(await readFile(path, 'utf8'))
})
