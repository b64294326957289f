/** What each pattern of openapi.yaml accepts and refuses, in any language. The key is the schema's `pattern` and `not.pattern`. */
export interface PortableCase {
  readonly schema: Readonly<Record<string, unknown>>
  readonly accepted: readonly string[]
  readonly refused: readonly string[]
}

const exactly = (length: number) => ({ minLength: length, maxLength: length })

export const portableCases: readonly PortableCase[] = [
  {
    schema: { not: { pattern: '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]' } },
    accepted: ['', '초코파이', 'tab\tand\r\nline', 'at its end\n', '😀', '\u0085', '\u00a0', '\u2028', '\\x00'],
    refused: ['\u0000', 'a\u0001', '\u0008b', 'a\u000bb', '\u000c', '\u000e', '\u001f', '\u007f', '\u0007\n'],
  },
  {
    schema: { ...exactly(24), pattern: '^[0-9a-z]{24}' },
    accepted: ['a1b2c3d4e5f6a1b2c3d4e5f6', '000000000000000000000000'],
    refused: [
      'A1b2c3d4e5f6a1b2c3d4e5f6',
      'a1b2c3d4e5f6a1b2c3d4e5f\n',
      'a1b2c3d4e5f6a1b2c3d4e5f6\n',
      '٣1b2c3d4e5f6a1b2c3d4e5f6',
      'a1b2c3d4e5f6',
      '',
    ],
  },
  {
    schema: { ...exactly(19), pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}' },
    accepted: ['2023-07-15T21:18:22'],
    refused: ['2023-07-15 21:18:22', '2023-07-15T21:18:22Z', '2023-07-15T21:18:22\n', '٢٠٢٣-07-15T21:18:22', ''],
  },
  {
    schema: { ...exactly(2), pattern: '^[0-9]{2}' },
    accepted: ['00', '12'],
    refused: ['1', '1\n', '012', '٠٠', 'ab', ''],
  },
  {
    schema: {
      pattern: '^[A-Za-z][A-Za-z0-9+.-]*:',
      not: {
        pattern:
          '[\\x00-\\x20\\x7F]|^([jJ][aA][vV][aA][sS][cC][rR][iI][pP][tT]|[dD][aA][tT][aA]|[vV][bB][sS][cC][rR][iI][pP][tT]|[fF][iI][lL][eE]|[bB][lL][oO][bB]):|^[hH][tT][tT][pP][sS]?:(/?[^/]|/?$|//[/?#\\\\]|//$)',
      },
    },
    accepted: [
      'https://shop.example/paid?a=1#b',
      'http://localhost:3000/a',
      'HTTPS://A',
      'http://한글.kr/경로',
      'myapp://paid',
      'myapp:',
      'x+y.z-1://a',
      'blobby:a',
      'localhost:3000/a',
    ],
    refused: [
      ...['', '/a', '//a', 'shop.example/paid', '1a:b', ':a', 'http:', 'http:/', 'http://', 'http:/x', 'https:x'],
      ...[
        'http:///a',
        'http://?a',
        'http://#a',
        'http://\\a',
        'http://a b',
        'http://a\n',
        'http://a\u0000',
        ' http://a',
      ],
      ...['JavaScript:alert(1)', 'data:,x', 'blob:https://a', 'file:///a', 'VBSCRIPT:x'],
    ],
  },
]
