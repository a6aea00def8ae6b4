// Owns the course of the profile form: light checks when a field is left, main's verdict when it is sent, and each refusal
// at its own field with the focus. Nothing typed is lost by a refusal. The client secret stays in its input.
import { type FormEvent, type RefObject, useEffect, useState } from 'react'
import type { Failure, Result } from '../../../main/failure.ts'
import type { ProfileInput, RequestValue } from '../../../preload/contract.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { request } from '../../state/index.ts'
import { focusField } from '../../ui/index.ts'
import { type FormState, firstError, useFormState } from './form-state.ts'
import { type FieldPath, fieldOf, isMoreField } from './hints.ts'
import { type FormValues, type SecretChange, toInput } from './values.ts'

/** `keep`: as it is now, stored or none. */
export type SecretMode = 'keep' | 'type' | 'remove'

export type Check =
  | { readonly kind: 'checking' }
  | { readonly kind: 'answers'; readonly found: RequestValue<'profiles.check'> }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface ProfileFormOptions {
  readonly initial: FormValues
  readonly hadSecret: boolean
  readonly save: (input: ProfileInput) => Promise<Result<ProfileView>>
  readonly onSaved: (view: ProfileView) => void
  /** The element around all inputs. */
  readonly body: RefObject<HTMLElement | null>
}

type ShownField = FieldPath | 'clientSecret'

export interface ProfileForm extends Pick<FormState, 'values' | 'fill' | 'field'> {
  readonly errorAt: (field: ShownField) => string | undefined
  readonly failure: Failure | undefined
  readonly secretMode: SecretMode
  readonly setSecretMode: (mode: SecretMode) => void
  readonly moreOpen: boolean
  readonly setMoreOpen: (open: boolean) => void
  readonly check: Check | undefined
  readonly saving: boolean
  readonly submit: (event: FormEvent<HTMLFormElement>) => void
  readonly checkConnection: () => void
  /** To be called for any change in the form: what was checked is another form now. */
  readonly forgetCheck: () => void
}

export const useProfileForm = ({
  initial,
  hadSecret,
  save,
  onSaved,
  body,
}: ProfileFormOptions): ProfileForm => {
  const { values, fill, field, errorAt, refuse, markSent } = useFormState(initial)
  const [failure, setFailure] = useState<Failure | undefined>()
  const [secretMode, setSecretMode] = useState<SecretMode>('keep')
  const [secretError, setSecretError] = useState<string | undefined>()
  const [moreOpen, setMoreOpen] = useState(false)
  const [check, setCheck] = useState<Check | undefined>()
  const [saving, setSaving] = useState(false)
  const [focusOn, setFocusOn] = useState<{ readonly field: ShownField } | undefined>()

  // After rendering, when a field behind More or the secret's input is there to take it.
  useEffect(() => {
    if (focusOn && body.current) focusField(body.current, focusOn.field)
  }, [focusOn, body])

  const point = (field: ShownField): void => {
    if (isMoreField(field)) setMoreOpen(true)
    setFocusOn({ field })
  }

  /** Shows a refusal at its field. Answers false where the form has no such field. */
  const place = ({ field: path, message }: Failure): boolean => {
    const field = fieldOf(path)
    if (field === undefined) return false
    if (field === 'clientSecret') {
      setSecretMode('type')
      setSecretError(message)
    } else refuse(field, message)
    point(field)
    return true
  }

  const secretIn = (element: HTMLFormElement): SecretChange => {
    if (secretMode !== 'type') return { kind: secretMode }
    const typed = new FormData(element).get('clientSecret')
    if (typeof typed === 'string' && typed.trim() !== '') return { kind: 'set', secret: typed.trim() }
    return { kind: hadSecret ? 'keep' : 'expect' }
  }

  const send = async (secret: SecretChange): Promise<void> => {
    setSaving(true)
    const saved = await save(toInput(values, secret, hadSecret))
    setSaving(false)
    if (saved.ok) onSaved(saved.value)
    else if (!place(saved.failure)) setFailure(saved.failure)
  }

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    if (saving) return
    const secret = secretIn(event.currentTarget)
    setFailure(undefined)
    setSecretError(undefined)
    setCheck(undefined)
    markSent()
    const first = firstError(values)
    if (first === undefined) void send(secret)
    else point(first)
  }

  const checkConnection = async (): Promise<void> => {
    if (check?.kind === 'checking') return
    setFailure(undefined)
    setCheck({ kind: 'checking' })
    const answer = await request('profiles.check', toInput(values, { kind: 'keep' }, hadSecret))
    if (answer.ok) setCheck({ kind: 'answers', found: answer.value })
    else setCheck(place(answer.failure) ? undefined : { kind: 'failed', failure: answer.failure })
  }

  return {
    values,
    fill,
    field,
    errorAt: (path) => (path === 'clientSecret' ? secretError : errorAt(path)),
    failure,
    secretMode,
    setSecretMode: (mode) => {
      setSecretMode(mode)
      setSecretError(undefined)
      if (mode === 'type') setFocusOn({ field: 'clientSecret' })
    },
    moreOpen,
    setMoreOpen,
    check,
    saving,
    submit,
    checkConnection: () => void checkConnection(),
    forgetCheck: () => {
      if (check !== undefined && check.kind !== 'checking') setCheck(undefined)
    },
  }
}
