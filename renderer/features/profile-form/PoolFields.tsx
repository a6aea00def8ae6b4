// Owns the fields that say which user pool and app client this is, and that a paste which names a pool fills them; a pasted
// configuration goes on as an import.
import { type ClipboardEvent, useState } from 'react'
import type { ImportPreview } from '../../../preload/views.ts'
import { openDialog, request } from '../../state/index.ts'
import { Field, Hidden, TextInput } from '../../ui/index.ts'
import styles from './ProfileForm.module.css'
import { describeFills, fillsOf, mayBeConfiguration, mayNamePool } from './recognise.ts'
import type { ProfileForm } from './use-profile-form.ts'

/** What the input would hold had the paste not been intercepted. */
const pasteInto = ({ value, selectionStart, selectionEnd }: HTMLInputElement, text: string): string =>
  value.slice(0, selectionStart ?? value.length) + text.trim() + value.slice(selectionEnd ?? value.length)

/** The name that was typed already goes to the one profile that was found. */
const named = (preview: ImportPreview, name: string): ImportPreview => {
  const [only, ...others] = preview.profiles
  const isNamed =
    only !== undefined && others.length === 0 && only.action.kind === 'add' && name.trim() !== ''
  return isNamed ? { ...preview, profiles: [{ ...only, name: name.trim() }] } : preview
}

interface PoolFieldsProps {
  form: ProfileForm
  /** A whole configuration pasted here goes on as an import; not while one profile is edited. */
  takesConfigurations: boolean
}

export const PoolFields = ({ form: profileForm, takesConfigurations }: PoolFieldsProps) => {
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

  const lookInto = async (text: string, into: 'name' | 'userPoolId', otherwise: string): Promise<void> => {
    const looked = await request('profiles.previewImport', { kind: 'text', text })
    if (looked.ok && looked.value !== undefined) {
      const value = named(looked.value, profileForm.values.name)
      openDialog({ kind: 'import-profiles', begun: { looked: { ok: true, value }, text } })
    } else fill({ [into]: otherwise })
  }

  const onPaste = (into: 'name' | 'userPoolId') => (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text')
    const take = mayNamePool(text)
      ? recognise
      : takesConfigurations && mayBeConfiguration(text)
        ? lookInto
        : undefined
    if (take === undefined) return
    // What lands where is known only after main has answered.
    event.preventDefault()
    void take(text, into, pasteInto(event.currentTarget, text))
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
