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

  /** Resolves when the window shows its profiles, or that there are none. */
  async ready(): Promise<void> {
    await this.heading.waitFor()
  }

  get list(): Locator {
    return this.page.getByRole('listbox', { name: 'Profiles' })
  }

  /** The row of the profile with exactly this name in the sidebar. */
  row(name: string): Locator {
    return this.list.getByRole('option').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  /** The pane of the selected profile, or what stands in its place. */
  get pane(): Locator {
    return this.page.getByRole('main')
  }

  get heading(): Locator {
    return this.pane.getByRole('heading', { level: 1 })
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  get menu(): Locator {
    return this.page.getByRole('menu')
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search profiles' })
  }

  get status(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' })
  }

  get lifetimes(): Locator {
    return this.page.getByRole('region', { name: 'Lifetimes' })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** What the header says of the session, in a word. */
  badge(text: string): Locator {
    return this.pane.locator('header').getByText(text, { exact: true })
  }

  /** An input of the open dialog. A field's name goes on with its hint. */
  field(label: string): Locator {
    return this.dialog.getByLabel(new RegExp(`^${label}`)).first()
  }

  async select(name: string): Promise<void> {
    await this.row(name).click()
    await this.heading.filter({ hasText: name }).waitFor()
  }

  async openTab(name: TabName): Promise<void> {
    await this.page.getByRole('tab', { name }).click()
  }

  /** Opens the menu of a profile in the list. */
  async openMenuOf(name: string): Promise<void> {
    await this.row(name).click({ button: 'right' })
    await this.menu.waitFor()
  }

  async chooseInMenu(name: string | RegExp): Promise<void> {
    await this.menu.getByRole('menuitem', { name }).click()
  }

  async openPalette(query = ''): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k')
    await this.dialog.getByRole('combobox').fill(query)
  }

  /** Fills the form of the open "Add profile" dialog. */
  async fillProfile(form: ProfileForm): Promise<void> {
    await this.field('Name').fill(form.name)
    await this.field('User pool id').fill(form.userPoolId)
    await this.field('App client id').fill(form.clientId)
    if (form.clientSecret !== undefined) {
      await this.dialog.getByLabel('The app client has a secret').check()
      await this.field('App client secret').fill(form.clientSecret)
    }
    if (form.identityPoolId !== undefined) await this.field('Identity pool id').fill(form.identityPoolId)
    if (form.environment !== undefined) await this.field('Environment').selectOption(form.environment)
    if (form.username !== undefined) await this.field('Username').fill(form.username)
    if (form.endpoint !== undefined) {
      await this.openMore()
      for (const label of ['User pool endpoint', 'Identity pool endpoint', 'STS endpoint'])
        await this.field(label).fill(form.endpoint)
    }
  }

  /** Shows the fields that most profiles leave as they are. */
  async openMore(): Promise<void> {
    if (await this.field('STS endpoint').isVisible()) return
    await this.dialog.getByText('More', { exact: true }).click()
  }

  async openAddProfile(): Promise<void> {
    await this.button('Add profile').first().click()
    await this.dialog.waitFor()
  }

  async addProfile(form: ProfileForm): Promise<void> {
    await this.openAddProfile()
    await this.fillProfile(form)
    await this.dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await this.dialog.waitFor({ state: 'detached' })
  }

  async openSignIn(): Promise<void> {
    await this.pane
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
    await this.lifetimes.waitFor()
  }

  /** Resolves when the profile shows that nobody is signed in. */
  async signedOut(): Promise<void> {
    await this.pane.getByRole('button', { name: 'Sign in', exact: true }).first().waitFor()
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
