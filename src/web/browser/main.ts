import { BusyForm } from './busy-form.ts'
import { LivePage } from './live-page.ts'
import { MediaPlayer } from './media-player.ts'
import { RelativeTime } from './relative-time.ts'
import { TranscriptSearch } from './transcript-search.ts'

customElements.define('busy-form', BusyForm)
customElements.define('relative-time', RelativeTime)
customElements.define('live-page', LivePage)
customElements.define('media-player', MediaPlayer)
customElements.define('transcript-search', TranscriptSearch)
