// Owns the boxes for what should not happen: a start that failed, a bug that stopped the app, a page that keeps dying, sessions
// that quitting would lose.
import { app, dialog } from 'electron'
import type { LossQuestion } from './unsaved.ts'

/** Tells that Sesame has to end and where its log is, then ends it. */
export const endWithError = (headline: string, logFile: string): void => {
  dialog.showErrorBox(headline, `Your profiles and stored sessions are untouched. Details are in ${logFile}`)
  app.exit(1)
}

/** Asks what to do about a page that died twice within a minute. */
export const askAboutLostPage = async (reload: () => void): Promise<void> => {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The Sesame window stopped working twice in a row.',
    detail: 'Sessions go on being refreshed in the background.',
    buttons: ['Load It Again', 'Quit Sesame'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 0) reload()
  else app.quit()
}

/** Asks before unsaved sessions, or sign-outs, are lost. True means: quit all the same, the question's first button. */
export const askBeforeLoss = async (question: LossQuestion): Promise<boolean> =>
  (await dialog.showMessageBox({ type: 'warning', ...question })).response === 0
