/**
 * Writes `feed.xml` of every podcast, and `videos.xml` of the channel, from `show.json` and notes:
 * `node samples/make-feeds.mjs`, after `make-transcripts.mjs` and `make-audio.mjs`.
 * Chapter times and lengths come from the scripts, so that notes, feed and transcript agree.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { clockText, timeScript } from './script-timing.mjs'

const here = new URL('.', import.meta.url).pathname
const namespaces = [
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:atom="http://www.w3.org/2005/Atom"',
  'xmlns:podcast="https://podcastindex.org/namespace/1.0"',
]

for (const slug of ['harbour-light', 'slow-arithmetic']) {
  const show = JSON.parse(readFileSync(`${here}${slug}/show.json`, 'utf8'))
  writeFileSync(`${here}${slug}/feed.xml`, renderFeed(show))
  console.log(`${slug}/feed.xml: ${show.episodes.length} episodes`)
}

const channel = JSON.parse(readFileSync(`${here}bench-and-tide/show.json`, 'utf8'))
writeFileSync(`${here}bench-and-tide/videos.xml`, renderChannel(channel))
console.log(`bench-and-tide/videos.xml: ${channel.episodes.length} videos`)

function renderFeed(show) {
  const newest = show.episodes.map((episode) => episode.published).sort().at(-1)
  const [category, subcategory] = show.category
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" ${namespaces.join('\n  ')}>
  <channel>
    <title>${xml(show.title)}</title>
    <link>${xml(show.link)}</link>
    <atom:link href="sample:${show.slug}/feed.xml" rel="self" type="application/rss+xml"/>
    <description>${xml(show.description)}</description>
    <language>${show.language}</language>
    <copyright>MIT, part of murmurcast's sample library</copyright>
    <pubDate>${new Date(newest).toUTCString()}</pubDate>
    <lastBuildDate>${new Date(newest).toUTCString()}</lastBuildDate>
    <image>
      <url>sample:${show.slug}/cover.svg</url>
      <title>${xml(show.title)}</title>
      <link>${xml(show.link)}</link>
    </image>
    <itunes:author>${xml(show.author)}</itunes:author>
    <itunes:owner>
      <itunes:name>${xml(show.owner.name)}</itunes:name>
      <itunes:email>${xml(show.owner.email)}</itunes:email>
    </itunes:owner>
    <itunes:image href="sample:${show.slug}/cover.svg"/>
    <itunes:category text="${xml(category)}"><itunes:category text="${xml(subcategory)}"/></itunes:category>
    <itunes:explicit>false</itunes:explicit>
    <itunes:type>episodic</itunes:type>
    <podcast:guid>${podcastGuid(`${new URL(show.link).host}/feed.xml`)}</podcast:guid>
    <podcast:medium>podcast</podcast:medium>
    <podcast:locked>no</podcast:locked>
${show.funding ? `    <podcast:funding url="${xml(show.funding.url)}">${xml(show.funding.text)}</podcast:funding>\n` : ''}${show.persons.map((person) => `    ${renderPerson(person)}\n`).join('')}${show.episodes.map((episode) => renderItem(show, episode)).join('')}  </channel>
</rss>
`
}

function renderItem(show, episode) {
  const scriptPath = `${here}${show.slug}/scripts/${episode.number}.txt`
  const timed = existsSync(scriptPath) ? timeScript(scriptPath) : { chapters: [], duration: 0 }
  const notes = readFileSync(`${here}${show.slug}/${episode.notes}`, 'utf8')
  const length = episode.duration ?? (episode.audio ? timed.duration : clockText(timed.duration))
  return `    <item>
      <title>${xml(episode.title)}</title>
      <itunes:title>${xml(episode.title)}</itunes:title>
      <itunes:episode>${episode.number}</itunes:episode>
      <itunes:episodeType>full</itunes:episodeType>
      <guid isPermaLink="false">${xml(episode.guid)}</guid>
      <link>${xml(episode.page)}</link>
      <pubDate>${new Date(episode.published).toUTCString()}</pubDate>
      <description>${xml(episode.subtitle)}</description>
      <itunes:summary>${xml(episode.subtitle)}</itunes:summary>
      <content:encoded><![CDATA[${fillChapters(notes, timed.chapters)}]]></content:encoded>
      ${renderEnclosure(show, episode)}
      <itunes:duration>${length}</itunes:duration>
      <itunes:explicit>false</itunes:explicit>
${renderExtras(show, episode)}    </item>
`
}

function renderExtras(show, episode) {
  const { transcript, chaptersFile } = episode
  const lines = [...show.persons, ...episode.persons].map(renderPerson)
  if (transcript) {
    lines.push(
      `<podcast:transcript url="sample:${show.slug}/${transcript.path}" type="${transcript.type}" language="en"/>`,
    )
  }
  if (chaptersFile) {
    lines.push(
      `<podcast:chapters url="sample:${show.slug}/${chaptersFile}" type="application/json+chapters"/>`,
    )
  }
  return lines.map((line) => `      ${line}\n`).join('')
}

function renderEnclosure(show, episode) {
  const url = episode.audio
    ? `sample:${show.slug}/${episode.audio}`
    : `https://media.${new URL(show.link).host}/${episode.number}.mp3`
  const bytes = episode.audio ? statSync(`${here}${show.slug}/${episode.audio}`).size : episode.bytes
  return `<enclosure url="${url}" length="${bytes}" type="audio/mpeg"/>`
}

function renderPerson({ name, role, href }) {
  const link = href ? ` href="${xml(href)}"` : ''
  return `<podcast:person role="${role}"${link}>${xml(name)}</podcast:person>`
}

/** Puts the chapter lines where the notes ask for them: with line breaks, as a list, or as plain lines. */
function fillChapters(notes, chapters) {
  const lines = chapters.map(({ title, start }) => [clockText(start), xml(title)])
  return notes
    .replace('{{chapters:br}}', lines.map(([at, title]) => `(${at}) ${title}`).join('<br/>\n'))
    .replace(
      '{{chapters:ul}}',
      `<ul>\n${lines.map(([at, title]) => `<li>${at} – ${title}</li>`).join('\n')}\n</ul>`,
    )
    .replace('{{chapters:plain}}', lines.map(([at, title]) => `${at} ${title}`).join('\n'))
    .trim()
}

/** A channel in the shape of a video platform's Atom feed. */
function renderChannel(show) {
  const { channelId, title, link, founded } = show
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="sample:${show.slug}/videos.xml"/>
 <id>yt:channel:${channelId}</id>
 <yt:channelId>${channelId}</yt:channelId>
 <title>${xml(title)}</title>
 <link rel="alternate" href="${xml(link)}"/>
 <author>
  <name>${xml(title)}</name>
  <uri>${xml(link)}</uri>
 </author>
 <published>${atomDate(founded)}</published>
${show.episodes.map((video) => renderVideo(show, video)).join('')}</feed>
`
}

function renderVideo(show, video) {
  const id = video.number
  const scriptPath = `${here}${show.slug}/scripts/${id}.txt`
  const chapters = existsSync(scriptPath) ? timeScript(scriptPath).chapters : []
  const notes = fillChapters(readFileSync(`${here}${show.slug}/${video.notes}`, 'utf8'), chapters)
  const date = atomDate(video.published)
  return ` <entry>
  <id>yt:video:${id}</id>
  <yt:videoId>${id}</yt:videoId>
  <yt:channelId>${show.channelId}</yt:channelId>
  <title>${xml(video.title)}</title>
  <link rel="alternate" href="${xml(video.page)}"/>
  <author>
   <name>${xml(show.title)}</name>
   <uri>${xml(show.link)}</uri>
  </author>
  <published>${date}</published>
  <updated>${date}</updated>
  <media:group>
   <media:title>${xml(video.title)}</media:title>
   <media:content url="https://video.example/v/${id}" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="sample:${show.slug}/cover.svg" width="480" height="480"/>
   <media:description>${xml(notes)}</media:description>
   <media:community>
    <media:starRating count="${video.likes}" average="5.00" min="1" max="5"/>
    <media:statistics views="${video.views}"/>
   </media:community>
  </media:group>
 </entry>
`
}

function atomDate(date) {
  return new Date(date).toISOString().replace('.000Z', '+00:00')
}

/** A podcast's guid: UUID version 5 of its feed address, in the podcast namespace. */
function podcastGuid(address) {
  const namespace = Buffer.from('ead4c236bf5858c6a2c6a6b28d128cb6', 'hex')
  const hash = createHash('sha1').update(namespace).update(address).digest().subarray(0, 16)
  hash[6] = (hash[6] & 0x0f) | 0x50
  hash[8] = (hash[8] & 0x3f) | 0x80
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function xml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
