/** `nativeImage`: the bytes of a PNG and its size, read from its header; nothing is decoded or scaled. */
import { readFileSync } from 'node:fs'
import { loud } from '../loud.ts'

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
// PNG specification, 11.2.1: IHDR is the first chunk, width and height its first two numbers.
const WIDTH_AT = 16
const HEIGHT_AT = 20

function sizeOf(png: Buffer): Electron.Size {
  const isPng = png.length > HEIGHT_AT + 4 && png.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)
  return isPng
    ? { width: png.readUInt32BE(WIDTH_AT), height: png.readUInt32BE(HEIGHT_AT) }
    : { width: 0, height: 0 }
}

function create(png: Buffer, size = sizeOf(png)) {
  let isTemplate = false
  return loud('NativeImage', {
    isEmpty: () => size.width === 0,
    getSize: () => ({ ...size }),
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    resize: ({ width = size.width, height = size.height }: Electron.ResizeOptions): NativeImage =>
      create(png, { width, height }),
    setTemplateImage: (value: boolean) => {
      isTemplate = value
    },
    isTemplateImage: () => isTemplate,
    addRepresentation: () => {},
  } satisfies Partial<Record<keyof Electron.NativeImage, unknown>>)
}

/** Written out because it appears in its own `resize`. */
export interface NativeImage
  extends Pick<
    Electron.NativeImage,
    | 'addRepresentation'
    | 'getSize'
    | 'isEmpty'
    | 'isTemplateImage'
    | 'setTemplateImage'
    | 'toDataURL'
    | 'toPNG'
  > {
  resize(options: Electron.ResizeOptions): NativeImage
}

function readOrEmpty(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    // Electron answers an empty image for a file that is not there.
    return Buffer.alloc(0)
  }
}

export const nativeImage = loud('nativeImage', {
  createEmpty: (): NativeImage => create(Buffer.alloc(0)),
  createFromPath: (path: string): NativeImage => create(readOrEmpty(path)),
  createFromBuffer: (buffer: Buffer): NativeImage => create(buffer),
  createFromDataURL: (url: string): NativeImage => create(Buffer.from(url.split(',')[1] ?? '', 'base64')),
} satisfies Partial<Record<keyof typeof Electron.NativeImage, unknown>>)
