// Owns a person without a mouse who signs in to one pool: opens the dialog, meets its steps, looks at them in both themes.
import { AxeBuilder } from '@axe-core/playwright'
import { TOTP } from 'otpauth'
import type { ProfileSettings } from '../../../main/profiles/profile.ts'
import type { PoolConfig } from '../../cognito-server/config.ts'
import type { CognitoServer } from '../../cognito-server/index.ts'
import {
  FLOWS_CLIENT_SECRET,
  FLOWS_PASSWORD,
  FLOWS_TOTP_SECRET,
} from '../../cognito-server/seeds-all-flows.ts'
import { expect, type RunningSesame } from '../fixtures.ts'
import { codeOf } from '../world.ts'
import { type Control, Keyboard } from './keyboard.ts'
import { type Picture, pictureFile, themes } from './pictures.ts'

const clients = { public: 0, secret: 1, rotating: 2 } as const

export interface Opening {
  /** Which of the pool's app clients. Default: the public one. */
  readonly client?: keyof typeof clients
  /** Over what a new profile has; it is called after its user. */
  readonly settings?: Partial<ProfileSettings>
}

/** Room around a dialog in its picture, in pixels. */
const margin = 24

export class Person {
  readonly keys: Keyboard
  readonly cognito: CognitoServer
  readonly #app: RunningSesame
  readonly #pool: PoolConfig
  readonly #profiles: string[] = []

  constructor(app: RunningSesame, cognito: CognitoServer, pool: PoolConfig) {
    this.#app = app
    this.#pool = pool
    this.cognito = cognito
    this.keys = new Keyboard(app.window)
  }

  get sesame() {
    return this.#app.sesame
  }

  get electron() {
    return this.#app.electron
  }

  /** Opens the dialog of a new profile for this user, who is typed already. */
  async opens(username: string, { client = 'public', settings = {} }: Opening = {}): Promise<void> {
    const { id: clientId } = this.#pool.clients[clients[client]] ?? {}
    const { url } = this.cognito
    const hasClientSecret = client !== 'public'
    const id = await this.sesame.seedProfile({
      settings: {
        name: username,
        environment: 'development',
        userPoolId: this.#pool.id,
        clientId,
        hasClientSecret,
        signInMethod: 'srp',
        username,
        storage: 'memory',
        refreshLeadSeconds: 300,
        refreshTokenLifetimeSeconds: 30 * 86_400,
        exportFormat: 'bash',
        endpoints: { userPool: url, identityPool: url, sts: url },
        ...settings,
      },
      ...(hasClientSecret && { clientSecret: FLOWS_CLIENT_SECRET }),
    })
    this.#profiles.push(id)
    await this.opensAgain(settings.name ?? username)
  }

  /** Opens the dialog of the profile from the list. */
  async opensAgain(name: string): Promise<void> {
    const { page } = this.keys
    await this.keys.tabTo('listbox Profiles')
    await expect(this.sesame.row(name)).toBeVisible()
    await page.keyboard.press('End')
    await expect(this.sesame.heading).toHaveText(name)
    await this.keys.enter()
    await expect(page.getByRole('dialog', { name: `Sign in to ${name}` })).toBeVisible()
  }

  /** Types the password where it starts, and sends it. */
  async typesPassword(password: string = FLOWS_PASSWORD): Promise<void> {
    await this.keys.isOn('input Password')
    await this.keys.type(password)
    await this.keys.enter()
  }

  /** Types the code of their authenticator, which is sent with the sixth digit. */
  async typesTotp(): Promise<void> {
    await this.keys.isOn('input Code of six digits')
    await this.keys.type(codeOf({ totpSecret: FLOWS_TOTP_SECRET }))
  }

  /** Six digits that are not the code of their authenticator, now or in the next half minute. */
  wrongTotp(): string {
    const at = (later: number) =>
      new TOTP({ secret: FLOWS_TOTP_SECRET }).generate({ timestamp: Date.now() + later * 1_000 })
    const right = [-60, -30, 0, 30, 60].map(at)
    return (
      ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code)) ?? ''
    )
  }

  /** The code their phone or mail shows. */
  codeSentTo(username: string): string {
    const sent = this.cognito.outbox.latest(username)
    if (sent === undefined) throw new Error(`nothing was sent to ${username}`)
    return sent.code
  }

  /** Has another code sent, and hears that it is on its way. */
  async sendsAnother(): Promise<void> {
    await this.keys.press('Send another code')
    await expect(this.sesame.dialog.getByText('Another code is on its way')).toBeVisible()
  }

  /** The dialog asks this now, and the keyboard is where one would type. */
  async meets(title: string, focus: Control): Promise<void> {
    await expect(this.keys.page.getByRole('dialog', { name: title })).toBeVisible()
    await this.keys.isOn(focus)
  }

  /** A field says what is wrong with it; it has the focus and what was typed. */
  async isRefused(label: string, text: RegExp, typed: string): Promise<void> {
    const field = this.sesame.dialog.getByLabel(label, { exact: true })
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(this.sesame.dialog.getByRole('alert')).toHaveText(text)
    await this.keys.isOn(`input ${label}`)
    await expect(field).toHaveValue(typed)
  }

  /** Signs out of this device by the header's menu. */
  async signsOut(): Promise<void> {
    await this.keys.press('Sign out')
    await this.sesame.menu.waitFor()
    await this.keys.enter()
    await this.sesame.signedOut()
    await this.keys.isOn('listbox Profiles')
  }

  /** The dialog has closed and the session is there. */
  signedIn(): Promise<void> {
    return this.sesame.signedIn()
  }

  /** How many requests of this kind Cognito has taken. */
  asked(operation: string): number {
    return this.cognito.requests.count({ operation, outcome: 'ok' })
  }

  /** Takes the dialog's picture in both themes, and asks axe about it. */
  async looks(picture: Picture): Promise<void> {
    const { page } = this.keys
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const theme of themes) {
      await this.electron.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source
      }, theme)
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      const box = await this.sesame.dialog.boundingBox()
      if (box === null) throw new Error('no dialog is open')
      const clip = {
        x: box.x - margin,
        y: box.y - margin,
        width: box.width + 2 * margin,
        height: box.height + 2 * margin,
      }
      await page.screenshot({ path: pictureFile(picture, theme), clip })
      // Legacy: the other mode opens a window of its own, which Electron has no browser for.
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .include('[role="dialog"]')
        .options({ resultTypes: ['violations'] })
        .analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(
        serious.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`),
        `axe, ${picture}, ${theme}`,
      ).toEqual([])
    }
  }

  /** Leaves nothing of theirs in the app. */
  async leaves(): Promise<void> {
    for (const id of this.#profiles) await this.sesame.request('profiles.remove', id)
    await this.keys.page.keyboard.press('Escape')
    await expect(this.sesame.list.getByRole('option')).toHaveCount(1)
  }
}
