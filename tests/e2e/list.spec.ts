// P1 and P3 with 1,000 profiles: all of them are there, only those in view exist, and each is a key or a word away.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environments, type Profile, profileDefaults } from '../../main/profiles/profile.ts'
import { formatProfilesFile } from '../../main/profiles/profiles-file.ts'
import { test as base, expect } from './fixtures.ts'

const count = 1_000

const profileNumber = (number: number): Profile => ({
  ...profileDefaults,
  id: randomUUID(),
  name: `tenant-${String(number).padStart(4, '0')}`,
  environment: environments[number % 4] ?? 'other',
  userPoolId: `eu-west-1_Pool${number}`,
  clientId: '1example23456789',
  username: `user${number}@example.com`,
})

const test = base.extend({
  configDir: async ({ configDir }, provide) => {
    const profiles = Array.from({ length: count }, (_, index) => profileNumber(index + 1))
    writeFileSync(join(configDir, 'profiles.json'), formatProfilesFile(profiles))
    await provide(configDir)
  },
})

test('of 1,000 profiles only a window of rows exists, wherever it is scrolled to', async ({ sesame }) => {
  const rows = sesame.list.getByRole('option')
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(count))
  expect(await rows.count()).toBeLessThan(50)

  await sesame.list.evaluate((list) => list.scrollTo({ top: list.scrollHeight / 2 }))
  await expect(sesame.list.locator('[aria-posinset="502"]')).toBeInViewport()
  expect(await rows.count()).toBeLessThan(60)
  await sesame.list.evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
  await expect(rows.last()).toHaveAttribute('aria-posinset', String(count))
  expect(await rows.count()).toBeLessThan(50)
})

test('every group says how many it holds', async ({ sesame }) => {
  await expect(sesame.list.getByText('Production')).toContainText('250')
})

test('End, Home, page keys and clicks switch among 1,000 profiles', async ({ sesame }) => {
  await sesame.list.focus()
  await sesame.list.press('End')
  await expect(sesame.heading).toHaveText('tenant-0999') // the last of "other", the last group
  await expect(sesame.row('tenant-0999')).toBeInViewport()
  await sesame.list.press('Home')
  await expect(sesame.heading).toHaveText('tenant-0004')
  await expect(sesame.row('tenant-0004')).toBeInViewport()
  await sesame.list.press('PageDown')
  await expect(sesame.heading).toHaveText('tenant-0044')
  await sesame.row('tenant-0052').click()
  await expect(sesame.heading).toHaveText('tenant-0052')
  await expect(sesame.row('tenant-0052')).toHaveAttribute('aria-selected', 'true')
  await sesame.list.press('End')
  const row = await sesame.row('tenant-0999').boundingBox()
  await sesame.row('tenant-0999').click({ button: 'right', position: { x: 100, y: 10 } })
  // Beside the pointer, and pushed up as far as the window's edge asks for.
  await expect(sesame.menu).toBeInViewport({ ratio: 1 })
  const menu = await sesame.menu.boundingBox()
  expect(Math.abs((menu?.x ?? 0) - (row?.x ?? 0) - 100)).toBeLessThan(5)
  await sesame.page.keyboard.press('Escape')
  await expect(sesame.menu).toHaveCount(0)
})

test('search finds one of 1,000 by name, user or pool, and the palette goes to it', async ({ sesame }) => {
  const rows = sesame.list.getByRole('option')
  for (const query of ['tenant-0777', 'user777@', 'Pool777']) {
    await sesame.search.fill(query)
    await expect(rows).toHaveCount(1)
    await expect(rows).toContainText('tenant-0777')
  }
  await sesame.search.fill('no such tenant')
  await expect(rows).toHaveCount(0)
  await expect(sesame.page.getByText('No profile matches “no such tenant”.')).toBeVisible()
  await sesame.search.fill('')
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(count))

  await sesame.openPalette('tenant-0888')
  await sesame.page.keyboard.press('Enter')
  await expect(sesame.heading).toHaveText('tenant-0888')
  await expect(sesame.row('tenant-0888')).toBeInViewport()
})
