// Runs in the main process before the app (`-r`): keeps what every request brought and was answered, and every event, as text.
// Tests read it from `globalThis.traffic`.
const { app, ipcMain } = require('electron')

const traffic = []
globalThis.traffic = traffic
const keep = (direction, channel, content) =>
  traffic.push(`${direction} ${channel} ${JSON.stringify(content) ?? 'undefined'}`)

const handle = ipcMain.handle.bind(ipcMain)
ipcMain.handle = (channel, listener) =>
  handle(channel, async (event, ...args) => {
    keep('request', channel, args)
    const answer = await listener(event, ...args)
    keep('answer', channel, answer)
    return answer
  })

app.on('web-contents-created', (_event, contents) => {
  const send = contents.send.bind(contents)
  contents.send = (channel, ...args) => {
    keep('event', channel, args)
    send(channel, ...args)
  }
})
