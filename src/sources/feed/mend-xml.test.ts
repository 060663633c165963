import { describe, expect, it } from 'vitest'
import { mendXml, withoutDoctype } from './mend-xml.ts'

describe('mendXml', () => {
  it.each([
    ['<t>a &amp; b &lt; c &#233; &#x1F399; &eacute; &nbsp;</t>', null],
    ['<t>Fish & Chips</t>', '<t>Fish &amp; Chips</t>'],
    ['<t>a&b=1&c=2</t>', '<t>a&amp;b=1&amp;c=2</t>'],
    ['<t>?x=1&copy=2</t>', '<t>?x=1&amp;copy=2</t>'],
    ['<t>&lt;/p&gtgt;</t>', '<t>&lt;/p&gt;</t>'],
    ['<t>&doesnotexist;</t>', '<t>&amp;doesnotexist;</t>'],
    ['<t>&;&#;&#x;&#99999999;</t>', '<t>&amp;;&amp;#;&amp;#x;&amp;#99999999;</t>'],
    ['<t>& <![CDATA[a & b &bogus; ]]> &</t>', '<t>&amp; <![CDATA[a & b &bogus; ]]> &amp;</t>'],
    ['<t><![CDATA[a]]><![CDATA[&]]>&</t>', '<t><![CDATA[a]]><![CDATA[&]]>&amp;</t>'],
    ['<t><![CDATA[never closed &', null],
    ['<__proto__>x</__proto__>', '<x-__proto__>x</x-__proto__>'],
    ['<i constructor="1" __proto__="2"/>', '<i x-constructor="1" x-__proto__="2"/>'],
  ])('%j', (xml, expected) => {
    expect(mendXml(xml)).toBe(expected ?? xml)
  })

  it('can be done in pieces', () => {
    const pieces = ['<a>&x</a>', '<![CDATA[&]]>', '<b>& &amp;</b>']
    expect(pieces.map(mendXml).join('')).toBe(mendXml(pieces.join('')))
  })

  it('is linear in references and sections', () => {
    const before = process.cpuUsage()
    mendXml('&'.repeat(2_000_000))
    mendXml('&a;'.repeat(700_000))
    mendXml('<![CDATA[&]]>'.repeat(150_000))
    mendXml(`${'<![CDATA['.repeat(200_000)}&`)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000)
  })
})

describe('withoutDoctype', () => {
  it.each([
    [
      '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//N//DTD 0.91//EN" "http://n.example/x.dtd"><rss/>',
      '<?xml version="1.0"?><rss/>',
    ],
    [
      '<!-- c --><!DOCTYPE r [<!ENTITY a "]>"><!ENTITY % b SYSTEM "file:///x"> %b;]><r/>',
      '<!-- c --><r/>',
    ],
    ['<!doctype r><!DOCTYPE r2><r/>', '<r/>'],
    ['<r><!DOCTYPE x></r>', '<r><!DOCTYPE x></r>'],
    ['<r/>', '<r/>'],
  ])('%s', (xml, expected) => {
    expect(withoutDoctype(xml)).toBe(expected)
  })

  it.each(['<!DOCTYPE r [<!ENTITY a "', '<!DOCTYPE r', '<!DOCTYPE r [ <!-- '])(
    '%s has no end',
    (xml) => {
      expect(withoutDoctype(xml)).toBeNull()
    },
  )
})
