import type { MediaPlayer } from '../../store/views/episode-page.ts'
import { formatBytes } from '../format-time.ts'
import { mediaSource } from '../guards/security-headers.ts'
import { ExternalLink } from './external-link.tsx'

/** Every origin from which the player may load; empty when there is nothing it may play. */
export function playerSources(player: MediaPlayer | null): string[] {
  if (player === null || mediaSource(player.url) === null) return []
  const origins = [player.url, ...player.redirectOrigins].map(mediaSource)
  return [...new Set(origins.filter((origin) => origin !== null))]
}

/**
 * Plays the publisher's own file, which is not fetched before somebody presses play. In the browser
 * it follows the transcript; without scripts it is the browser's player and a link.
 */
export function Player({ player }: { player: MediaPlayer }) {
  if (playerSources(player).length === 0) return null
  const isOwn = player.url.startsWith('/')
  return (
    <media-player class="player">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript on the page says it all */}
      <audio controls preload="none" src={player.url} aria-label="Listen to the episode" />
      <p class="player-tools">
        <label class="follow" hidden>
          <input type="checkbox" checked /> Follow the transcript
        </label>
        {isOwn ? (
          <a href={player.url}>Audio file</a>
        ) : (
          <ExternalLink href={player.url}>Audio at the publisher’s</ExternalLink>
        )}
        {player.bytes !== null && player.bytes > 0 && <span>{formatBytes(player.bytes)}</span>}
      </p>
      <p class="player-error" role="status" hidden>
        Your browser could not play this here. The link above opens the file at its publisher’s.
      </p>
    </media-player>
  )
}
