// Owns the view of a session: what the renderer may see, derived from the state at hand and never stored.
import type { LifetimesView, ProfileView, SessionView } from '../../preload/views.ts'
import { assertNever } from '../failure.ts'
import { type Profile, regionOf } from '../profiles/profile.ts'
import { refreshesAt, refreshTokenEndsAt } from './lifetimes.ts'
import type { Health, LiveSession, SessionState } from './state.ts'

const lifetimesOf = (profile: Profile, session: LiveSession, health: Health): LifetimesView => {
  const { facts, record, credentials } = session
  return {
    tokens: {
      issuedAt: facts.issuedAt,
      expiresAt: facts.expiresAt,
      // Nothing is refreshed by itself until a person has changed something.
      ...(health.kind === 'attention'
        ? {}
        : { refreshesAt: refreshesAt(facts, profile.refreshLeadSeconds, session.spread) }),
    },
    ...(credentials === undefined
      ? {}
      : {
          credentials: {
            obtainedAt: credentials.credentials.obtainedAt,
            expiresAt: credentials.credentials.expiresAt,
            roleArn: credentials.credentials.roleArn,
          },
        }),
    refreshToken: {
      issuedAt: record.signedInAt,
      expiresAt: refreshTokenEndsAt(record.signedInAt, profile.refreshTokenLifetimeSeconds),
      rotates: record.rotates,
    },
  }
}

const liveView = (profile: Profile, session: LiveSession, health: Health): SessionView => {
  const live = {
    username: session.record.username,
    userId: session.record.userId,
    loginId: session.record.signInDetails.loginId,
    signedInAt: session.record.signedInAt,
    groups: session.facts.groups,
    roles: session.facts.roles,
    preferredRole: session.facts.preferredRole,
    lifetimes: lifetimesOf(profile, session, health),
    unsaved: session.unsaved,
  }
  switch (health.kind) {
    case 'good':
      return { status: 'active', ...live }
    case 'refreshing':
      return { status: 'refreshing', ...live }
    case 'offline':
      return {
        status: 'offline',
        ...live,
        failure: health.failure,
        retryAt: health.retryAt + session.offsetMs,
      }
    case 'attention':
      return { status: 'attention', ...live, failure: health.failure }
    default:
      return assertNever(health)
  }
}

const sessionView = (profile: Profile, state: SessionState): SessionView => {
  switch (state.status) {
    case 'loading':
      return { status: 'loading' }
    case 'signed-out':
      return { status: 'signed-out', revocationPending: state.isRevocationPending }
    case 'unavailable':
      return { status: 'unavailable', failure: state.failure }
    case 'ended':
      return { status: 'ended', username: state.record.username, failure: state.failure }
    case 'live':
      return liveView(profile, state.session, state.health)
    default:
      return assertNever(state)
  }
}

/** What a person sees of a profile. Instants are by the server's clock, as everything in a view. */
export const profileView = (profile: Profile, state: SessionState): ProfileView => ({
  profile,
  region: regionOf(profile.userPoolId),
  session: sessionView(profile, state),
})
