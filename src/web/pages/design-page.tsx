import type { Child } from 'hono/jsx'
import type { PageFrame } from '../page-frame.ts'
import { Badge, Badges, SourceStateBadge } from '../parts/badge.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { FormField, SelectField } from '../parts/form-field.tsx'
import { ICON_NAMES, Icon, Mark } from '../parts/icons.tsx'
import { EmptyState, Notice, type NoticeKind, Progress } from '../parts/notice.tsx'
import { Player } from '../parts/player.tsx'
import { Quote } from '../parts/quote.tsx'
import { SourceMark } from '../parts/source-mark.tsx'
import { Strip } from '../parts/strip.tsx'
import { Day, Moment } from '../parts/time.tsx'
import { Transcript } from '../parts/transcript.tsx'
import { layOutStrip } from '../strip-geometry.ts'
import { DESIGN_CARD, DESIGN_CHAPTERS, DESIGN_SEGMENTS, DESIGN_TIME } from './design-samples.ts'
import { Layout } from './layout.tsx'

const NOTICE_KINDS: readonly NoticeKind[] = ['info', 'done', 'waiting', 'warning', 'error']

function Part({ title, children }: { title: string; children: Child }) {
  const id = title.toLowerCase().replace(/\W+/g, '-')
  return (
    <section aria-labelledby={id}>
      <h2 id={id} class="section-title">
        {title}
      </h2>
      {children}
    </section>
  )
}

/** Every part in every state, for those who build pages of them. */
export function DesignPage({ frame }: { frame: PageFrame }) {
  return (
    <Layout frame={frame} title="Design" class="design">
      <h1>The parts of every page</h1>
      <Type />
      <Part title="Icons">
        <div class="specimen">
          <Mark />
          {ICON_NAMES.map((name) => (
            <span>
              <Icon name={name} /> {name}
            </span>
          ))}
        </div>
      </Part>
      <Controls />
      <Messages />
      <Sources />
      <Words />
    </Layout>
  )
}

function Type() {
  return (
    <Part title="Type">
      <div class="stack-list">
        <p class="kicker">Kicker</p>
        <h1>Heading of a page</h1>
        <h3>Heading of an item</h3>
        <p class="lead">A lead says in one sentence what the page is about, in the reading face.</p>
        <div class="prose">
          <p>
            Reading text is set in a serif at sixty-six characters a line, with room between the
            lines. Even <a href="#type">a link to this section</a> is only underlined.
          </p>
        </div>
        <p>Everything that is handled, named or counted is set in the sans.</p>
        <p>
          <Day at={DESIGN_TIME} />, <Moment at={DESIGN_TIME} />
        </p>
      </div>
    </Part>
  )
}

function Controls() {
  return (
    <Part title="Controls">
      <div class="stack-list">
        <div class="specimen">
          <Button kind="primary">Primary</Button>
          <Button>Secondary</Button>
          <Button kind="quiet" icon="retry">
            Quiet
          </Button>
          <Button kind="danger" icon="remove">
            Danger
          </Button>
          <Button kind="primary" disabled>
            Not now
          </Button>
          <ButtonLink href="#controls" icon="download">
            A link
          </ButtonLink>
        </div>
        <FormField name="plain" label="A field" hint="What belongs into it." />
        <FormField
          name="wrong"
          label="A field with a mistake"
          value="abc"
          error="This is not an address."
        />
        <SelectField
          name="choice"
          label="A choice"
          value="b"
          options={[
            { value: 'a', text: 'One' },
            { value: 'b', text: 'Other' },
          ]}
        />
      </div>
    </Part>
  )
}

function Messages() {
  return (
    <Part title="Messages">
      <div class="stack-list">
        {NOTICE_KINDS.map((kind) => (
          <Notice kind={kind} title={`A notice: ${kind}`}>
            <p>What happened, and what to do about it.</p>
          </Notice>
        ))}
        <EmptyState icon="outbox" title="Nothing here yet">
          <p>Why that is, and what fills it.</p>
        </EmptyState>
        <Progress label="Getting the transcript" done={2} of={5} />
      </div>
    </Part>
  )
}

function Sources() {
  return (
    <Part title="Sources and badges">
      <div class="stack-list">
        <div class="specimen">
          <SourceMark title="The Slow Lane" kind="podcast" image={null} size="large" />
          <SourceMark title="Workbench Evenings" kind="youtube" image={null} />
          <SourceMark title="Thursday Ledger" kind="newsletter" image={null} />
          <SourceMark title="Harbour" kind="blog" image={COVER} />
        </div>
        <div class="specimen">
          <Badges words={['Interview', 'Opinion']} />
          <Badge>Plain</Badge>
          <Badge icon="lock">Only you</Badge>
          {(['new', 'ok', 'failing', 'gone', 'paused'] as const).map((state) => (
            <SourceStateBadge state={state} />
          ))}
        </div>
        <Card card={DESIGN_CARD} />
        <Card card={{ ...DESIGN_CARD, moments: [], description: '', badges: [] }} isCarried />
      </div>
    </Part>
  )
}

const COVER =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"%3E%3Cpath fill="%232c6472" d="M0 0h9v9H0z"/%3E%3Cpath fill="%23fff" d="M0 5q2-2 4 0t5 0v4H0z"/%3E%3C/svg%3E'

function Words() {
  const strip = layOutStrip({
    summary: {
      ads: [{ start: 200, end: 260 }],
      coverage: { wordsIn: 900, wordsOut: 90, minutesCited: [1, 3, 4, 7] },
      speakers: [{ label: 'Mara Lindgren', name: null, share: 0.6 }],
    },
    chapters: DESIGN_CHAPTERS,
    segments: DESIGN_SEGMENTS,
    unit: 'time',
    durationSeconds: 600,
  })
  return (
    <Part title="Words of the source">
      <div class="stack-list">
        <Strip strip={strip} unit="time" />
        <Quote
          unit="time"
          start={754}
          quote="Nobody wants a bed from the seventies."
          speaker="Tobias Achterberg"
          find={() => '#s0'}
        />
        <Quote
          unit="paragraph"
          start={4}
          quote="A line of a newsletter."
          speaker={null}
          find={() => null}
        />
        <Player
          player={{
            url: '/audio-of-nothing.mp3',
            type: null,
            bytes: 1_200_000,
            redirectOrigins: [],
          }}
        />
        <Transcript segments={DESIGN_SEGMENTS} isText={false} />
      </div>
    </Part>
  )
}
