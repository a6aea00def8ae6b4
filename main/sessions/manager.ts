// Owns putting the parts of sessions together behind the interface that the rest of the main process uses (api.ts).
import { randomUUID } from 'node:crypto'
import { setImmediate as endOfTurn } from 'node:timers/promises'
import { fail, ok } from '../failure.ts'
import { createActivityLog } from './activity.ts'
import type { SessionManager } from './api.ts'
import { createAttempts } from './attempts.ts'
import { createCredentialsDesk } from './aws-credentials.ts'
import { createBeginSession } from './begin-session.ts'
import { createBook, type Entry } from './book.ts'
import { createBrowserDesk, type OpenUrl } from './browser-sign-in.ts'
import { createChanges } from './changes.ts'
import { claimsOf } from './claims.ts'
import { createClientChange } from './client-change.ts'
import { createPayDebt } from './debt.ts'
import { createDepartures } from './departures.ts'
import { createDevices } from './devices.ts'
import { createEndings } from './endings.ts'
import { createKeeper } from './keeper.ts'
import { createLastTry } from './last-try.ts'
import { createLeavingLock } from './leaving-lock.ts'
import { createLimiter, type LimiterOptions } from './limiter.ts'
import { createLoader } from './loader.ts'
import { createLockouts } from './lockout.ts'
import { noSession } from './no-session.ts'
import { createOpenPool } from './pool-access.ts'
import type {
  ActivityArchive,
  Clock,
  CredentialsSource,
  Issuer,
  ProfileSource,
  RandomSource,
  SessionLock,
  SessionVault,
} from './ports.ts'
import { createProfileSync } from './profile-sync.ts'
import { createRecovery } from './recovery.ts'
import { createRefreshAttempt } from './refresh-attempt.ts'
import { createRefresher } from './refresher.ts'
import { createRevocations } from './revocations.ts'
import { createScheduler } from './scheduler.ts'
import { createSignInDesk } from './sign-in.ts'
import { createSignOutDesk } from './sign-out.ts'
import { createTimetable } from './timetable.ts'
import { createTokens } from './tokens.ts'

export interface SessionManagerOptions {
  readonly profiles: ProfileSource
  readonly vault: SessionVault
  readonly issuer: Issuer
  readonly credentials: CredentialsSource
  readonly clock: Clock
  readonly random: RandomSource
  /** Keeps other processes off; where it is left out there are none. */
  readonly lock?: SessionLock
  /** Keeps what happened beyond this run. */
  readonly archive?: ActivityArchive
  /** Opens the system browser for browser sign-in; without it a person opens the address by hand. */
  readonly openUrl?: OpenUrl
  /** Names attempts and events; random UUIDs unless a test wants others. */
  readonly newId?: () => string
  /** How fast sessions refresh by themselves, per region. */
  readonly rate?: LimiterOptions
  /** Gets what should never have been thrown. Sessions go on. */
  readonly reportBug?: (error: unknown) => void
}

/** Less is noise of a header that has whole seconds. */
const offsetStepMs = 1_000

const noOthers: SessionLock = { hold: async (_, work) => ({ kind: 'done', value: await work() }) }
const openNothing: OpenUrl = () => Promise.resolve(false)

const defaultBug = (error: unknown): void => console.error(error)

/**
 * The sessions of all profiles. Views are there at once, as `loading`; `start` reads what is stored and arms the scheduler.
 * One timer is armed while anything is due at all, none otherwise.
 */
export const createSessionManager = (options: SessionManagerOptions): SessionManager => {
  const { profiles, vault, issuer, clock, random, newId = randomUUID, reportBug = defaultBug } = options
  const lock = createLeavingLock(options.lock ?? noOthers)
  let clockOffsetMs: number | undefined
  let hasStarted = false

  const changes = createChanges(reportBug)
  const activity = createActivityLog({
    now: () => clock.now() + (clockOffsetMs ?? 0),
    newId,
    onEvent: changes.activity,
    archive: options.archive,
  })
  const book = createBook((entry) => {
    tellUnmeasured(entry)
    changes.profile(entry.id)
    timetable.arm(entry)
    endings.arm(entry)
  })
  const tellOffset = (offsetMs: number): void => {
    if (clockOffsetMs !== undefined && Math.abs(offsetMs - clockOffsetMs) < offsetStepMs) return
    clockOffsetMs = offsetMs
    changes.clock(offsetMs)
  }
  /** Nothing was measured in this run: what a session without a network goes by is all that is known. */
  const tellUnmeasured = ({ state }: Entry): void => {
    if (clockOffsetMs !== undefined || state.status !== 'live' || state.health.kind !== 'offline') return
    if (state.session.offsetMs < 0) tellOffset(state.session.offsetMs)
  }
  /** All sessions of one service have one clock to go by: a jump nobody told of is noticed by the first that asks. */
  const onOffset = (offsetMs: number, { profile }: Entry): void => {
    tellOffset(offsetMs)
    for (const other of book.all()) {
      if (other.profile.endpoints.userPool === profile.endpoints.userPool) {
        book.apply(other.id, { kind: 'offset-measured', offsetMs })
      }
    }
  }
  const scheduler = createScheduler({
    clock,
    onClockSetBack(byMs) {
      for (const { id } of book.all()) book.apply(id, { kind: 'clock-set', byMs })
      if (clockOffsetMs !== undefined) tellOffset(clockOffsetMs - byMs)
    },
  })
  const limiter = createLimiter(options.rate)
  const keeper = createKeeper(vault, reportBug, (profileId) => [
    ...revocations.owed(profileId),
    ...departures.owed(profileId),
  ])
  const openPool = createOpenPool(vault)
  const common = { book, keeper, issuer, openPool, lock, clock, random, activity, onOffset, reportBug }

  const payDebt = createPayDebt(common)
  const debts = { ...common, payDebt, scheduler, limiter }
  const revocations = createRevocations(debts)
  const departures = createDepartures({ ...debts, profiles, vault, onChange: changes.departures })
  const refresher = createRefresher(
    book,
    createRefreshAttempt({ ...common, owedRevocations: revocations.owed, owe: revocations.owe }),
  )
  const timetable = createTimetable({
    ...common,
    scheduler,
    limiter,
    async refresh(profileId) {
      await refresher.refresh(profileId).catch(reportBug)
    },
  })
  const endings = createEndings({
    ...common,
    scheduler,
    onEnding({ id }, endsAt) {
      activity.add(id, { kind: 'ending-soon' })
      changes.ending(id, endsAt)
    },
  })
  const loader = createLoader({ ...common, onOwed: revocations.restore })
  const recoverFromVault = createRecovery({ book, keeper, loader, owe: revocations.owe })
  const tokens = createTokens({ book, loader, refresher, limiter, clock })
  const credentials = createCredentialsDesk({ ...common, tokens, source: options.credentials })
  const offsetMs = (): number => clockOffsetMs ?? 0
  const attempts = createAttempts(scheduler)
  const devices = createDevices({ ...common, vault, tokens })
  const signingIn = {
    ...common,
    loader,
    attempts,
    newId,
    offsetMs,
    beginSession: createBeginSession({ ...common, refresher, revocations }),
  }
  const lockouts = createLockouts(clock, offsetMs)
  const signIn = createSignInDesk({ ...signingIn, devices, lockouts, revocations })
  const browser = createBrowserDesk({ ...signingIn, openUrl: options.openUrl ?? openNothing })
  const signOut = createSignOutDesk({ ...common, loader, refresher, revocations })
  const clientChange = createClientChange({
    ...common,
    profiles,
    vault,
    loader,
    refresher,
    revocations,
    departures,
  })
  const syncProfiles = createProfileSync({
    ...common,
    profiles,
    changes,
    refresher,
    revocations,
    timetable,
    endings,
    attempts,
    devices,
    departures,
    clientChange,
  })

  const onProfilesChange = (): void => {
    const added = syncProfiles()
    if (hasStarted) for (const entry of added) loader.ensure(entry).catch(reportBug)
  }

  const hurry = (): void => {
    timetable.hurry()
    revocations.hurry()
    departures.hurry()
  }
  /** A keychain that is open again tells so, and `recover` follows. */
  const lookForKeychain = async (): Promise<void> => {
    if (vault.state.kind === 'locked' || vault.state.kind === 'absent') await vault.probe()
  }
  const recover = async (): Promise<void> => {
    await recoverFromVault()
    await departures.recover()
    hurry()
  }

  syncProfiles()
  const unsubscribers = [
    profiles.onChange(onProfilesChange),
    vault.onStateChange((state) => {
      if (state.kind === 'unlocked') recover().catch(reportBug)
    }),
  ]

  return {
    async start() {
      hasStarted = true
      syncProfiles()
      await loader.loadAll()
      await departures.takeUp()
    },
    async stop() {
      scheduler.dispose()
      lock.leave()
      attempts.dropAll()
      for (const unsubscribe of unsubscribers) unsubscribe()
      await refresher.drain()
      await clientChange.drain()
      await revocations.drain()
      await departures.drain()
      await loader.drain()
      await keeper.drain()
      await options.archive?.settled()
    },
    async tokensKept() {
      await lock.settled()
      // A sign-out that waited for those tokens hands them to the vault in the same turn.
      await endOfTurn()
      await keeper.saved()
    },

    async load(profileId) {
      if (!hasStarted) syncProfiles()
      const entry = book.get(profileId)
      if (entry === undefined) return undefined
      await loader.ensure(entry)
      return book.view(entry)
    },
    view(profileId) {
      const entry = book.get(profileId)
      return entry && book.view(entry)
    },
    views: () =>
      profiles.list().flatMap(({ id }) => {
        const entry = book.get(id)
        return entry === undefined ? [] : [book.view(entry)]
      }),
    onSessionChange: changes.listen,
    get clockOffsetMs() {
      return clockOffsetMs
    },

    beginSignIn: (profileId, input) =>
      profiles.get(profileId)?.signInMethod === 'browser'
        ? browser.open(profileId, { loginHint: input.username || undefined })
        : signIn.begin(profileId, input),
    answerSignIn: signIn.answer,
    cancelSignIn: attempts.drop,
    forgotPassword: signIn.forgotPassword,
    resendCode: signIn.resendCode,
    openBrowser: (profileId, wishes = {}, openUrl) => browser.open(profileId, wishes, openUrl),
    awaitBrowser: browser.outcome,
    receiveCallback: (url) => issuer.receiveCallback(url),
    signOutBrowser: browser.signOut,
    listDevices: devices.list,
    rememberDevice: devices.remember,
    forgetDevice: devices.forget,

    isAuthenticated: (profileId) => book.get(profileId)?.state.status === 'live',
    getCurrentUser(profileId) {
      const state = book.get(profileId)?.state
      if (state === undefined) return fail('profile.not-found')
      if (state.status !== 'live') return { ok: false, failure: noSession(state) }
      const { username, userId, signInDetails } = state.session.record
      return ok({ username, userId, signInDetails })
    },
    fetchAuthSession: tokens.fetch,
    getCredentials: (profileId, { forceRefresh = false } = {}) =>
      credentials.get(profileId, { forceRefresh }),
    testCredentials: credentials.test,
    async claims(profileId) {
      const entry = book.get(profileId)
      if (entry === undefined) return fail('profile.not-found')
      await loader.ensure(entry)
      const { state, profile } = entry
      if (state.status !== 'live') return { ok: false, failure: noSession(state) }
      return claimsOf(issuer, profile, state.session)
    },

    signOut: (profileId, { global = false } = {}) => signOut.signOut(profileId, global ? 'global' : 'device'),
    signOutEverywhere: (onProgress = () => undefined, options) =>
      signOut.signOutEverywhere(onProgress, options),
    clearSession: signOut.clear,
    leaveClient: clientChange.prepare,

    departing: () => departures.waiting().map(({ name }) => name),
    departureOf: (profileId) => departures.outcomeOf(profileId),
    endSignOuts: createLastTry([revocations, departures], clock),

    activity: activity.of,
    history: activity.history,
    setEndWarnings: (seconds) => endings.setWarnings(seconds),
    note(profileId, kind, detail) {
      if (book.get(profileId) !== undefined) activity.add(profileId, { kind, detail })
    },

    wake(reason) {
      if (reason === 'vault') {
        recover().catch(reportBug)
        return
      }
      if (reason === 'suspend') {
        scheduler.look()
        return
      }
      // Deadlines first, then what is overdue by them is spread before it runs.
      scheduler.observe()
      hurry()
      scheduler.look()
      // No desktop of Linux tells that it was unlocked: these are the moments when it may have been.
      if (reason !== 'clock') lookForKeychain().catch(reportBug)
    },
  }
}
