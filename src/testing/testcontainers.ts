/** The image as a container of a test: `await using kakaopay = await new KakaoPayContainer('kakaopay-mock').start()`. */
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import { createClient, type MockClient } from '../client/client.ts'

const PORT = 8585

export class KakaoPayContainer extends GenericContainer {
  constructor(image = 'kakaopay-mock') {
    super(image)
    this.withExposedPorts(PORT).withWaitStrategy(Wait.forHttp('/_mock/health', PORT).forStatusCode(200))
  }

  /** A setting by its variable without the prefix: `withSetting('PAYER', 'approve')`. */
  withSetting(name: string, value: string): this {
    return this.withEnvironment({ [`KAKAOPAY_MOCK_${name}`]: value })
  }

  override async start(): Promise<StartedKakaoPayContainer> {
    return new StartedKakaoPayContainer(await super.start())
  }
}

export class StartedKakaoPayContainer extends AbstractStartedContainer {
  /** Where the mock is reached from this process. */
  readonly url: string
  readonly client: MockClient
  constructor(started: StartedTestContainer) {
    super(started)
    this.url = `http://${started.getHost()}:${started.getMappedPort(PORT)}`
    this.client = createClient({ send: (path, init) => fetch(this.url + path, init) })
  }
}
