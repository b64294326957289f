/** The site: pages of the README's table in its order, in both languages, with a search over both. */
import { defineConfig } from 'vitepress'
import { pages, slugify, source } from '../pages.js'

const korean = {
  label: '한국어',
  lang: 'ko-KR',
  link: '/ko/',
  themeConfig: {
    sidebar: pages('ko'),
    outline: { label: '이 페이지' },
    docFooter: { prev: '이전', next: '다음' },
    darkModeSwitchLabel: '화면 모드',
    sidebarMenuLabel: '차례',
    returnToTopLabel: '맨 위로',
    langMenuLabel: '언어',
  },
}

const searchInKorean = {
  button: { buttonText: '검색', buttonAriaLabel: '검색' },
  modal: {
    noResultsText: '찾은 것이 없습니다:',
    resetButtonTitle: '지우기',
    footer: { selectText: '열기', navigateText: '이동', closeText: '닫기' },
  },
}

export default defineConfig({
  title: 'kakaopay-mock',
  description: 'A local KakaoPay that behaves like the real one, with a contract-test kit',
  srcDir: source,
  outDir: '../../artefacts/site',
  cacheDir: '../../artefacts/site-cache',
  // A link to a page that does not exist fails the build. Links to a server on this machine are no pages.
  ignoreDeadLinks: 'localhostLinks',
  // As on GitHub: VitePress's own would take Korean syllables apart.
  markdown: { anchor: { slugify } },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: pages('en') } },
    ko: korean,
  },
  themeConfig: {
    search: { provider: 'local', options: { locales: { ko: { translations: searchInKorean } } } },
  },
})
