// Owns how a person is played at Sesame's window: what they click, type and read, by the names a screen reader would say.
// Used by the specs, the tour and the benchmarks.
import type { Locator, Page } from 'playwright/test'
import type { Result } from '../../main/failure.ts'
import type { RequestName } from '../../preload/channels.ts'
import type { ProfileInput, RequestArgs, RequestValue } from '../../preload/contract.ts'

/** What a person types into "Add profile". */
export interface ProfileForm {
  readonly name: string
  readonly userPoolId: string
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly identityPoolId?: string | undefined
  readonly username?: string | undefined
  readonly environment?: 'production' | 'staging' | 'development' | 'other'
  /** All three endpoints: the local server answers for each. */
  readonly endpoint?: string | undefined
}

export type TabName = 'Overview' | 'Claims' | 'Credentials' | 'Activity' | 'Settings'

export class SesameWindow {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** The row of a profile in the sidebar. */
  row(name: string): Locator {
    return this.page.getByRole('option', { name })
  }

  /** The pane of the selected profile. */
  get heading(): Locator {
    return this.page.getByRole('main').getByRole('heading', { level: 1 })
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  get status(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  lifetime(title: string): Locator {
    return this.page.getByRole('region', { name: 'Lifetimes' }).locator('> *').filter({ hasText: title })
  }

  async select(name: string): Promise<void> {
    await this.row(name).click()
    await this.heading.filter({ hasText: name }).waitFor()
  }

  async openTab(name: TabName): Promise<void> {
    await this.page.getByRole('tab', { name }).click()
  }

  /** Fills the form of the open "Add profile" dialog. */
  async fillProfile(form: ProfileForm): Promise<void> {
    // A field's name goes on with its hint.
    const field = (label: string) => this.dialog.getByLabel(new RegExp(`^${label}`))
    await field('Name').fill(form.name)
    await field('User pool id').fill(form.userPoolId)
    await field('App client id').fill(form.clientId)
    if (form.clientSecret !== undefined) {
      await this.dialog.getByLabel('The app client has a secret').check()
      await field('App client secret').fill(form.clientSecret)
    }
    if (form.identityPoolId !== undefined) await field('Identity pool id').fill(form.identityPoolId)
    if (form.environment !== undefined) await field('Environment').selectOption(form.environment)
    if (form.username !== undefined) await field('Username').fill(form.username)
    if (form.endpoint !== undefined) {
      await this.dialog.getByText('More', { exact: true }).click()
      for (const label of ['User pool endpoint', 'Identity pool endpoint', 'STS endpoint'])
        await field(label).fill(form.endpoint)
    }
  }

  async addProfile(form: ProfileForm): Promise<void> {
    await this.button('Add profile').first().click()
    await this.fillProfile(form)
    await this.dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await this.dialog.waitFor({ state: 'detached' })
  }

  async openSignIn(): Promise<void> {
    await this.page
      .getByRole('main')
      .getByRole('button', { name: /^Sign in( again)?$/ })
      .first()
      .click()
    await this.dialog.waitFor()
  }

  async typePassword(username: string, password: string): Promise<void> {
    await this.dialog.getByLabel('Username, e-mail or phone').fill(username)
    await this.dialog.getByLabel('Password', { exact: true }).fill(password)
    await this.dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  }

  /** Types the six digits; the dialog sends them by itself. */
  async typeCode(code: string): Promise<void> {
    await this.dialog.getByLabel('Code of six digits').pressSequentially(code)
  }

  async chooseNewPassword(password: string, attributes: Record<string, string> = {}): Promise<void> {
    await this.dialog.getByLabel('New password').fill(password)
    for (const [label, value] of Object.entries(attributes)) await this.dialog.getByLabel(label).fill(value)
    await this.dialog.getByRole('button', { name: 'Continue' }).click()
  }

  /** Resolves when the dialog has closed and the profile shows as active. */
  async signedIn(): Promise<void> {
    await this.dialog.waitFor({ state: 'detached' })
    await this.page.getByRole('region', { name: 'Lifetimes' }).waitFor()
  }

  async chooseTheme(label: 'As the system' | 'Light' | 'Dark'): Promise<void> {
    await this.button('Settings').click()
    await this.page.getByRole('menuitemradio', { name: label }).click()
  }

  async signOut(item: 'this device' | 'all devices'): Promise<void> {
    await this.button(/^Sign out( ▾)?$/).click()
    await this.page.getByRole('menuitem', { name: new RegExp(`Sign out of ${item}`) }).click()
  }

  /** Sends a request over the real bridge, as the page's own code does. */
  request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<Result<RequestValue<N>>> {
    // As text, since Playwright's types cannot follow the contract's tuples through its own serialisation.
    const call = JSON.stringify([name, ...args])
    return this.page.evaluate<Result<RequestValue<N>>>(`window.sesame.request(...${call})`)
  }

  /** Adds a profile without the form, for tests that are about something else. Answers its id. */
  async seedProfile(input: ProfileInput): Promise<string> {
    const added = await this.request('profiles.add', input)
    if (!added.ok) throw new Error(`${added.failure.field ?? ''} ${added.failure.message}`)
    return added.value.profile.id
  }
}
