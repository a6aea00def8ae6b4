// Owns the sign-in dialog: one frame whose body is the first stage or whatever Cognito asks next. The rules are in
// flow.ts, the traffic in attempt.ts, what was typed in drafts.ts, each kind of step in steps/.
import {
  type FormEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Failure } from '../../../main/failure.ts'
import type { ProfileView, SignInAnswer } from '../../../preload/views.ts'
import { openDialog, request, showToast, useProfile } from '../../state/index.ts'
import { Button, Dialog, FailureMessage, firstField, focusField, Hidden } from '../../ui/index.ts'
import { createAttempt } from './attempt.ts'
import { ChallengeBody } from './ChallengeBody.tsx'
import {
  CredentialsBody,
  credentialFields,
  needsOf,
  readCredentials,
  readUsername,
} from './CredentialsBody.tsx'
import { createDrafts } from './drafts.ts'
import { isSignedIn, type Stage } from './flow.ts'
import { type FieldError, placeFailure } from './placement.ts'
import styles from './SignInDialog.module.css'
import { StageButtons } from './StageButtons.tsx'
import { stepFor } from './steps/index.ts'
import { textIn } from './steps/step-kind.ts'
import { describeMethod, describeStep } from './words.ts'

export interface SignInDialogProps {
  profileId: string
  onClose: () => void
}

/** Signs somebody in to a profile, through every step Cognito asks for. */
export const SignInDialog = ({ profileId, onClose }: SignInDialogProps) => {
  const view = useProfile(profileId)
  // The profile may be gone: its removal does not wait for this dialog.
  return view === undefined ? null : <SignIn key={profileId} view={view} onClose={onClose} />
}

const SignIn = ({ view: { profile }, onClose }: { view: ProfileView; onClose: () => void }) => {
  const [attempt] = useState(() => createAttempt(profile.id, profile.username ?? '', request))
  const [drafts] = useState(createDrafts)
  const { stage, username, busy, failure, notice } = useSyncExternalStore(attempt.subscribe, attempt.getState)
  const challenge = stage.kind === 'challenge' ? stage.challenge : undefined
  const needs = needsOf(profile)
  const { wrong, setBlank } = useFieldError(stage, failure)
  const body = useRef<HTMLDivElement>(null)

  useEffect(() => attempt.leave, [attempt])
  useLayoutEffect(() => {
    if (body.current) drafts.restore(stage, body.current)
    if (isSignedIn(stage)) drafts.forget()
  }, [drafts, stage])
  useEffect(() => {
    if (stage.kind === 'signed-in' || !body.current) return
    const field = firstField(body.current) ?? mainButton(body.current)
    field?.focus()
    if (field instanceof HTMLInputElement) field.select()
  }, [stage])
  useEffect(() => {
    if (body.current && wrong) focusField(body.current, wrong.field)
  }, [wrong])

  const finish = useEffectEvent(() => {
    const text = `Signed in to ${profile.name}`
    // What went wrong after the session was there.
    showToast(failure === undefined ? { text } : { text, detail: failure.message, tone: 'warn', stays: true })
    onClose()
  })
  useEffect(() => {
    if (stage.kind === 'signed-in') finish()
  }, [stage])

  const errorAt = (field: string): string | undefined => (wrong?.field === field ? wrong.text : undefined)

  const answer = (given: SignInAnswer): void => {
    setBlank(undefined)
    void attempt.answer(given)
  }

  const openBrowser = (username: string): void => {
    setBlank(undefined)
    void attempt.openBrowser(username === '' ? {} : { loginHint: username })
  }

  const forgotPassword = (typed: FormData): void => {
    const name = readUsername(typed)
    setBlank(typeof name === 'string' ? undefined : name.missing)
    if (typeof name === 'string') void attempt.forgotPassword(name)
  }

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    if (busy) return
    const typed = new FormData(event.currentTarget)
    if (challenge !== undefined) {
      const reading = stepFor(challenge).read(typed, challenge)
      if ('missing' in reading) setBlank(reading.missing)
      else if ('answer' in reading) answer(reading.answer)
      else if (reading.goOn === 'browser') openBrowser(username)
      else openDialog({ kind: 'edit-profile', profileId: profile.id })
      return
    }
    const credentials = readCredentials(typed, needs)
    if ('missing' in credentials) {
      setBlank(credentials.missing)
      return
    }
    setBlank(undefined)
    void attempt.begin(credentials)
  }

  const step = challenge && describeStep(challenge.step, stepFor(challenge).isLast)
  const title = challenge ? stepFor(challenge).title(challenge) : `Sign in to ${profile.name}`
  const lead = challenge && (stepFor(challenge).lead ?? step)

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={title}
      lead={
        challenge ? (
          [lead, username].filter((part) => part !== '').join(' · ')
        ) : (
          <>
            <code>{profile.userPoolId}</code> · {describeMethod(profile.signInMethod)}
          </>
        )
      }
      onSubmit={submit}
      footer={
        <StageButtons
          challenge={challenge}
          begin={profile.signInMethod === 'browser' ? 'Open the browser' : 'Sign in'}
          busy={busy}
          onAnswer={answer}
          onBack={attempt.leave}
          onCancel={onClose}
        />
      }
    >
      <div
        ref={body}
        className={styles.stage}
        onChange={({ target }) => {
          if (!isSignedIn(stage)) drafts.keep(stage, target)
        }}
      >
        {notice && <StageFailure tone="warn" failure={notice} profileId={profile.id} />}
        {failure && wrong === undefined && (
          <StageFailure tone="bad" failure={failure} profileId={profile.id} />
        )}
        {challenge ? (
          <ChallengeBody
            key={`${challenge.attemptId} ${challenge.step}`}
            challenge={challenge}
            busy={busy}
            failure={failure}
            errorAt={errorAt}
            onAnswer={answer}
            onResend={attempt.resendCode}
            onRunOut={attempt.runOut}
          />
        ) : (
          <CredentialsBody
            needs={needs}
            username={username}
            busy={busy}
            errorAt={errorAt}
            onForgot={forgotPassword}
            onBrowser={(typed) => openBrowser(textIn(typed, 'username').trim())}
          />
        )}
        <Hidden>
          <output>{challenge ? `${title}. ${lead}.` : ''}</output>
        </Hidden>
      </div>
    </Dialog>
  )
}

/** Where a step has nothing to fill in, the keyboard is on what Enter would mean. */
const mainButton = (stage: Element): HTMLElement | undefined => {
  const buttons = [...(stage.closest('form')?.querySelectorAll('button') ?? [])].filter(
    (button) => !stage.contains(button),
  )
  return buttons.find(({ type }) => type === 'submit') ?? buttons[0]
}

/** A failure about no input of the stage, with the way to put right what the profile says. */
const StageFailure = ({
  failure,
  tone,
  profileId,
}: {
  failure: Failure
  tone: 'warn' | 'bad'
  profileId: string
}) => {
  const isAboutProfile = failure.code.startsWith('config.') || failure.code === 'sign-in.method-unavailable'
  const edit = (
    <Button size="small" onClick={() => openDialog({ kind: 'edit-profile', profileId })}>
      Edit profile
    </Button>
  )
  return <FailureMessage failure={failure} tone={tone} {...(isAboutProfile && { actions: edit })} />
}

/** What is wrong at one input of the stage: left blank here, or refused by Cognito. A new object for each refusal. */
const useFieldError = (stage: Stage, failure: Failure | undefined) => {
  const [blank, setBlank] = useState<{ readonly stage: Stage; readonly error: FieldError } | undefined>()
  const placed = useMemo(() => {
    const fields =
      stage.kind === 'challenge' ? stepFor(stage.challenge).fields(stage.challenge) : credentialFields
    return failure && placeFailure(failure, fields)
  }, [stage, failure])
  return {
    wrong: blank?.stage === stage ? blank.error : placed,
    setBlank: (error: FieldError | undefined) => setBlank(error && { stage, error }),
  }
}
