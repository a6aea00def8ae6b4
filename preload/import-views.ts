// Owns what the renderer is shown before an import: what was found, and what becomes of each profile.
import * as z from 'zod'
import { profileSettingsSchema } from '../main/profiles/profile.ts'

export const importPreviewSchema = z.object({
  /** What `profiles.import` takes. Only the newest preview can be imported. */
  importId: z.uuid(),
  format: z.enum(['amplify-outputs', 'aws-exports', 'cdk-outputs', 'pool-address', 'shared-profiles']),
  fileName: z.string().optional(),
  profiles: z.array(
    z.object({
      /** Where in the file, such as the name of a stack. */
      from: z.string().optional(),
      name: z.string(),
      settings: profileSettingsSchema.partial(),
      /** What was left out or stands in the way; sentences. */
      notes: z.array(z.string()),
      action: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('add') }),
        z.object({
          kind: z.literal('change'),
          profileName: z.string(),
          changes: z.array(z.object({ field: z.string(), from: z.string().optional(), to: z.string() })),
        }),
        z.object({ kind: z.literal('same'), profileName: z.string() }),
        z.object({ kind: z.literal('incomplete'), missing: z.array(z.enum(['userPoolId', 'clientId'])) }),
      ]),
    }),
  ),
})

export type ImportPreview = z.infer<typeof importPreviewSchema>
