// Owns the fields that say which user pool and app client this is, and that a paste which names a pool fills them.
import { type ClipboardEvent, useState } from 'react'
import { request } from '../../state/index.ts'
import { Field, Hidden, TextInput } from '../../ui/index.ts'
import styles from './ProfileForm.module.css'
import { describeFills, fillsOf, mayNamePool } from './recognise.ts'
import type { ProfileForm } from './use-profile-form.ts'

/** What the input would hold had the paste not been intercepted. */
const pasteInto = ({ value, selectionStart, selectionEnd }: HTMLInputElement, text: string): string =>
  value.slice(0, selectionStart ?? value.length) + text.trim() + value.slice(selectionEnd ?? value.length)

export const PoolFields = ({ form: profileForm }: { form: ProfileForm }) => {
  const { fill, field, errorAt, setMoreOpen, forgetCheck } = profileForm
  const [filled, setFilled] = useState('')

  const recognise = async (text: string, into: 'name' | 'userPoolId', otherwise: string): Promise<void> => {
    const answer = await request('profiles.recognise', text)
    const fills = answer.ok ? fillsOf(answer.value) : []
    fill(
      fills.length === 0
        ? { [into]: otherwise }
        : Object.fromEntries(fills.map(({ field: path, value }) => [path, value])),
    )
    if (fills.some(({ field: path }) => path.startsWith('endpoints.'))) setMoreOpen(true)
    setFilled(fills.length > 0 ? describeFills(fills) : '')
    forgetCheck()
  }

  const onPaste = (into: 'name' | 'userPoolId') => (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text')
    if (!mayNamePool(text)) return
    // What lands where is known only after main has answered.
    event.preventDefault()
    void recognise(text, into, pasteInto(event.currentTarget, text))
  }

  return (
    <>
      <Field label="Name" error={errorAt('name')}>
        <TextInput
          {...field('name')}
          data-initial-focus=""
          maxLength={200}
          placeholder="acme-staging · ana"
          onPaste={onPaste('name')}
        />
      </Field>
      <div className={styles.pair}>
        <Field label="User pool id" error={errorAt('userPoolId')}>
          <TextInput
            {...field('userPoolId')}
            placeholder="eu-west-1_Ab12Cd34E"
            onPaste={onPaste('userPoolId')}
          />
        </Field>
        <Field label="App client id" error={errorAt('clientId')}>
          <TextInput {...field('clientId')} />
        </Field>
      </div>
      {filled !== '' && <p className={styles.small}>{filled}</p>}
      <Hidden>
        <output>{filled}</output>
      </Hidden>
    </>
  )
}
