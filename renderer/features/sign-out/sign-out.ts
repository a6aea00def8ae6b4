// Owns signing one profile out from a menu or the palette, and telling what it reached and what lives on.
import type { ProfileView, SignOutOutcome, SignOutScope } from '../../../preload/views.ts'
import { times } from '../../format/time.ts'
import { appStore, run, showToast, signOutBrowser } from '../../state/index.ts'
import { browserRemains, describeOutcome } from './outcome.ts'
import { describeSurvival, survivalOfOutcomes } from './survival.ts'

/** Now, by the clock that the instants of views are in. */
export const serverNow = (): number => Date.now() + (appStore.get().clockOffsetMs ?? 0)

const tell = (outcome: SignOutOutcome, name: string): void => {
  const now = serverNow()
  const { tone, title, text } = describeOutcome(outcome, name)
  const survives = describeSurvival(survivalOfOutcomes([outcome], now), (at) => times.shortTime(at, now))
  const inBrowser = outcome.browserSessionRemains === true ? browserRemains : undefined
  const detail = [text, survives, inBrowser?.text].filter((part) => part !== undefined).join(' ')
  showToast({
    text: title,
    ...(tone === 'warn' && { tone }),
    ...(detail !== '' && { detail, stays: true }),
    ...(inBrowser && {
      action: { label: inBrowser.verb, run: () => void signOutBrowser(outcome.profileId) },
    }),
  })
}

/** Signs a profile out, here or on all devices. What came of it is told in a toast. */
export const signOut = async ({ profile }: ProfileView, scope: SignOutScope): Promise<void> => {
  const answer = await run('session.signOut', profile.id, scope)
  if (answer.ok) tell(answer.value, profile.name)
}
