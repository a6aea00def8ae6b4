// Owns a sample preview of an import with one profile of each kind, for the tests of the dialog and its picture.
import type { ImportPreview } from '../../../../preload/views.ts'
import { sampleId } from '../samples.ts'

export const samplePreview: ImportPreview = {
  importId: sampleId(900),
  format: 'cdk-outputs',
  profiles: [
    {
      name: 'acme · copy',
      settings: {
        userPoolId: 'eu-west-1_Qx7Ab91c',
        clientId: 'newclient',
        endpoints: { userPool: 'http://127.0.0.1:9229' },
      },
      notes: ['Another profile is named acme, so this one gets another name.'],
      action: { kind: 'add' },
    },
    {
      name: 'acme-staging · ana',
      settings: { userPoolId: 'eu-west-1_Qx7Ab91c', clientId: 'c2', identityPoolId: 'new' },
      notes: [],
      action: {
        kind: 'change',
        profileName: 'acme-staging · ana',
        changes: [{ field: 'identityPoolId', to: 'eu-west-1:1' }],
      },
    },
    {
      name: 'kiosk-dev',
      settings: { userPoolId: 'eu-central-1_Kk1oskDev', clientId: 'c3' },
      notes: [],
      action: { kind: 'same', profileName: 'kiosk-dev' },
    },
    {
      name: 'OtherStack',
      settings: { userPoolId: 'eu-west-1_Alone1' },
      notes: [],
      action: { kind: 'incomplete', missing: ['clientId'] },
    },
  ],
}
