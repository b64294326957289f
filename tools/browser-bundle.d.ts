export declare const browserBundle: (entry: string) => Promise<string>
