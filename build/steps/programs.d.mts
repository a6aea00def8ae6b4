/** Where the AWS CLI is, absolute. Version 1 will not do: it has no `configure export-credentials`. */
export declare const findAwsCli: () => string | undefined

/** Where a Python that has boto3 is, absolute. */
export declare const findPythonWithBoto3: () => string | undefined
