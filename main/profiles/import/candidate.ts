// Owns what every parser here answers: what a text says about profiles, without a secret, before anything is checked.
import type { ProfileSettings } from '../profile.ts'

/** What an import may set. Not `hasClientSecret` alone, but never a secret itself: those do not travel in files. */
export type ImportedSettings = { readonly [K in keyof ProfileSettings]?: unknown }

export interface Candidate {
  readonly settings: ImportedSettings
  /** Where in the text it was found, such as the name of a CDK stack. */
  readonly from?: string
  /** What was left out, and why; sentences for a person. */
  readonly notes: readonly string[]
}

export type ImportFormat =
  | 'amplify-outputs'
  | 'aws-exports'
  | 'cdk-outputs'
  | 'pool-address'
  | 'shared-profiles'

/** A value read from a text: never a class, never a function. */
export type Data = null | boolean | number | string | readonly Data[] | DataObject
export interface DataObject {
  readonly [name: string]: Data | undefined
}

export const isObject = (data: unknown): data is DataObject =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

/** The object under a name; an empty one where there is none. */
export const objectIn = (data: unknown, name: string): DataObject => {
  const value = isObject(data) && Object.hasOwn(data, name) ? data[name] : undefined
  return isObject(value) ? value : {}
}

/** The text under a name, without space around it; undefined where there is none. */
export const textIn = (data: DataObject, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = Object.hasOwn(data, name) ? data[name] : undefined
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return undefined
}

/** A list of texts: as it is, or with commas between them, as older Amplify writes it. */
export const textsIn = (data: DataObject, name: string): readonly string[] => {
  const value = Object.hasOwn(data, name) ? data[name] : undefined
  const all = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : []
  return all.flatMap((each) => (typeof each === 'string' && each.trim() !== '' ? [each.trim()] : []))
}

/** Settings without the ones nothing is known of. */
export const known = (settings: ImportedSettings): ImportedSettings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))

/** JSON, or undefined for any other text. */
export const parseJson = (text: string): Data | undefined => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
