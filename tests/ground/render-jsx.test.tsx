import { expect, it } from 'vitest'

it('a test renders JSX as the product does, escaped', () => {
  const Shout = ({ text }: { text: string }) => <b>{text}!</b>
  expect(String(<Shout text="<script>" />)).toBe('<b>&lt;script&gt;!</b>')
})
