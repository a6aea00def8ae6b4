// Owns the tray icon: a keyhole in a rounded square, drawn at 16 and 32 pixels and kept here as PNG, so that no file can be missing.
import { type NativeImage, nativeImage } from 'electron'

/** Black with holes: macOS tints template images to fit its menu bar. */
const template = {
  one:
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAhklEQVR42mNgoCLQAOLNQPwdiP/jwN+hajSwaf6MRyM6' +
    '/oxuyGYSNMPwZmQDvuNQYAHFm3F4Bw7QJW8DMQuSPAtUDF0dTgPmYwnk+aQYcB6LAedJMQCEK5DkK3CowWtADZJ8DTkG' +
    'eCDJexAyAFs0CiDJCxCKRmzxfB8N401IFCdlijMT2QAAgfuYZ2rrNBAAAAAASUVORK5CYII=',
  two:
    'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAABBElEQVR42mNgGAW4gQEQzwbi60D8n0x8HWqGASkW80A1' +
    '/acyng01m6Dlh2lgOQwfJuSI2TS0HDkkcMb5fzphg4HyPd5QICW1vwfiyUCcAMWToWKk5A4MQEpCksCiX4LEBEyWA14D' +
    'sQieRCwCVUMzB9QQUY7U0NIBLkQ4wIWWDnAgwgEOtHRABhEOyKClAy4DMQsey1mgamjmgP/QPM+Cw/LJtM6GMOyDRb8P' +
    'iWZQ5AARHGUAXRxwH08auE8PB6zG44DV9HBAAR4HFNDDATZ4HGBDiQOIqY5/AzEHHgdwQNWQVR0T0yD5DMTzCeDP5DZI' +
    'BrxJNuCN0kHRLB/wjsmg6JqNLAAAD/ZgddJb4/QAAAAASUVORK5CYII=',
}

const coloured = {
  one:
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAr0lEQVR42mMwDL/KQAlG5mgA8WYg/g7E/3Hg71A1GugG' +
    'gAQ+49GIjj/DDIEZsJkEzTC8GdkADGfndT78f+nWNzAGsXF4B24AiqRf/u3/f/78+w8DIDZIDIsh2A2om/b0PzoAiRFt' +
    'QETZXQwDQGJEGwDC8za8hmsGsXEEJG4DZq9DGABik2zA0Quf4QaA2IQMwIjGT1/+wA0AsQlFI0ZC8s65hYIJJSSKkzLF' +
    'mYlsDABZsUKp/t5exgAAAABJRU5ErkJggg==',
  two:
    'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAABV0lEQVR42mMwDL/KMJCYYTA7wACIZwPxdSD+Tya+DjXD' +
    'gBQH8EA1/acyng01G68DQAoO08ByGD6M7gh0B8ymoeXIIYHVAQZ0sByGDbA5YDYdHTAbmwOITu12STf+d8x7/n/Tgfdg' +
    'DGKDxEjMHRgOIEpzYt39/2/e//6PDkBiIDkSHEG6AxxTbvx//+nPf1wAJAdSQzMHzF73+j8hAFJDMwecuPSFoANAamjm' +
    'gDNXCTsApIZmDli9+x1BB4DU0MwBISV3/v/58w+n5SA5kBqaOQCEQXkemyNAYiA5mmZDGD509jOGA0BiJJaG5DsAW1kA' +
    'EqOLA7xzbuFMAyA5mjugtO8xTgeA5GjugKXb3uJ0AEiO5g44f+MrTgeA5ChxAMHq2CTq2v+fv3CXAyA5kBpyq2OCDRLr' +
    '+Ov/66Y9xYtBashtkAx4k2zAG6WDolk+4B2TQdE1G1m9YwB1DgwAmiruUQAAAABJRU5ErkJggg==',
}

const dataUrl = (base64: string): string => `data:image/png;base64,${base64}`

/** The icon for a platform, sharp on plain and on double-density screens. */
export const createTrayIcon = (platform: NodeJS.Platform): NativeImage => {
  const drawing = platform === 'darwin' ? template : coloured
  const image = nativeImage.createFromDataURL(dataUrl(drawing.one))
  image.addRepresentation({ scaleFactor: 2, dataURL: dataUrl(drawing.two) })
  if (platform === 'darwin') image.setTemplateImage(true)
  return image
}
