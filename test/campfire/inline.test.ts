import { describe, expect, it } from 'vitest'
import { heal } from '../../src/campfire/heal.ts'
import { escapeHtml, toHtml } from '../../src/campfire/html.ts'

describe('what is no markup stays as it is written', () => {
  it.each([
    'C:\\Users\\me\\.config\\_x_',
    '\\\\srv\\share',
    '\\d+\\.\\d*',
    '\\(x\\) and \\[ y^2 \\]',
    '2*3*4',
    'x**2 + y**2',
    'a**n + b**m',
    'f(x)*g(x)*h',
    'src/**/*.ts and test/**/*.ts',
    '*.md, *.ts',
    'src/* and test/*',
    '/* a */ b /*c*/',
    '^.*foo.*$',
    'int* a, int* b; *p = *q;',
    '__init__.py and __main__',
    'src/__tests__/a.ts, src/__mocks__/b.ts',
    'std::vector<std::string>',
    'Price* and terms*',
    '文件_2024_最终版.docx',
    'self._x_ and this._y_z_ and $_a_',
    "sed 's/_a_/_b_/g' and LIKE '%_x_%'",
    '^_^ and >_< and -_-',
    '**/node_modules/** and [a-z]* and foo*',
    '[^\\]]*\\s',
    'src\\*.ts and %TEMP%\\*.tmp and C:\\[x]\\*.log and .\\*',
    'arr[i](x) and f(a)[0](b)',
    'f_*(x) and R_*^*',
    '价格*100*2',
    '~~~x~~~',
    'SELECT count(*), sum(*) and a[*].b[*] and (*, x)',
    '$a^{*}b^{*}$ and p^{**} q^{**}',
    '$\\mathbf{A}^*\\mathbf{b}^*$',
    'f(*args): print(f"{a}*{b}*{c}")',
    '"*" and "*"',
    'a &= b \\\\',
    'C:\\Program Files\\*\\bin and %APPDATA%\\npm\\_cache\\_tmp',
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\_x_ and ..\\src\\_index_.ts',
    '\\\\?\\C:\\long\\*',
    '/^\\/\\*.*\\*\\/$/g and \\w+\\s*\\*+',
    'foo\\|bar and $\\|x\\|_2$',
    '(a+b)**c + (d)**e',
    '__DEV__ and __FILE__',
  ])('%s', (text) => {
    expect(toHtml(text)).toBe(`<p>${escapeHtml(text)}</p>`)
  })

  it.each([
    ['\\*a\\* \\_b\\_ \\# \\`c\\`', '<p>*a* _b_ # `c`</p>'],
    ['1\\. a', '<p>1. a</p>'],
    ['\\- a', '<p>- a</p>'],
    ['\\[a\\](b)', '<p>[a](b)</p>'],
    ['costs \\$5', '<p>costs $5</p>'],
    ['\\*.md', '<p>*.md</p>'],
    ['_one_/_two_', '<p><em>one</em>/<em>two</em></p>'],
    ['\\_x\\_ and a\\_b and a\\*b', '<p>_x_ and a_b and a*b</p>'],
    ['a \\| b', '<p>a | b</p>'],
    ['a\\\nb \\\\\nc', '<p>a<br>b \\\\<br>c</p>'],
    ['*Title (2020)*[1]', '<p><em>Title (2020)</em>[1]</p>'],
    ['(*x*) and "*y*"', '<p>(<em>x</em>) and &quot;<em>y</em>&quot;</p>'],
    ['**/etc/hosts** and *', '<p><strong>/etc/hosts</strong> and *</p>'],
  ])('but %s is kept from being it', (markdown, html) => {
    expect(toHtml(markdown)).toBe(html)
  })
})

describe('emphasis in scripts without spaces', () => {
  it.each([
    ['**注意：**正文', '<strong>注意：</strong>正文'],
    ['含**「重点」**内容', '含<strong>「重点」</strong>内容'],
    ['含**“重点”**内容', '含<strong>“重点”</strong>内容'],
    ['~~删除（括号）。~~句子', '<del>删除（括号）。</del>句子'],
    ['これは**「テスト」**です', 'これは<strong>「テスト」</strong>です'],
    ['**중요(필수)**를 보세요', '<strong>중요(필수)</strong>를 보세요'],
    ['**หมายเหตุ:**ข้อความ', '<strong>หมายเหตุ:</strong>ข้อความ'],
    ['**(नोट)**है', '<strong>(नोट)</strong>है'],
    ['~~"x"~~y', '<del>&quot;x&quot;</del>y'],
    ['**(تنبيه)**نص', '<strong>(تنبيه)</strong>نص'],
    ['**важно (см. ниже)**текст', '<strong>важно (см. ниже)</strong>текст'],
    ['**TDK (Türk Dil Kurumu)**nun', '<strong>TDK (Türk Dil Kurumu)</strong>nun'],
    ['auto**mobile**', 'auto<strong>mobile</strong>'],
    ['**Ja**/**Nein** *a*/*b*', '<strong>Ja</strong>/<strong>Nein</strong> <em>a</em>/<em>b</em>'],
    ['**/etc/hosts**', '<strong>/etc/hosts</strong>'],
    ['***a** b*', '<em><strong>a</strong> b</em>'],
    ['*foo [bar* baz](https://x.io)', '*foo <a href="https://x.io">bar* baz</a>'],
  ])('%s', (markdown, html) => {
    expect(toHtml(markdown)).toBe(`<p>${html}</p>`)
    expect(toHtml(heal(`${markdown}\n\n`))).toBe(`<p>${html}</p>`)
  })
})

describe('a bare address ends where people see its end', () => {
  const x = '<a href="https://e.com/x">https://e.com/x</a>'
  it.each([
    ['https://e.com/x（说明）。@Ann', `${x}（说明）。@Ann`],
    ['[https://e.com/x]', `[${x}]`],
    ['“https://e.com/x”', `“${x}”`],
    ['「https://e.com/x」', `「${x}」`],
    ['https://e.com/x…', `${x}…`],
    ['https://e.com/x—or not', `${x}—or not`],
    ['**https://e.com/x**，好', `<strong>${x}</strong>，好`],
    ['(https://e.com/x).', `(${x}).`],
    ['看https://e.com/x，谢', `看${x}，谢`],
    ['https://e.com/x؟', `${x}؟`],
    ['{"a":"https://e.com/x"}', `{&quot;a&quot;:&quot;${x}&quot;}`],
    ['https://e.com/x를 보세요', `${x}를 보세요`],
    ['https://e.com/xを見て', `${x}を見て`],
    ['https://e.com/x,https://e.com/x;https://e.com/x', `${x},${x};${x}`],
    ["https://e.com/x's", `${x}&#39;s`],
    ['http://localhost:80에서', '<a href="http://localhost:80">http://localhost:80</a>에서'],
    ['https://e.com然后', '<a href="https://e.com">https://e.com</a>然后'],
    ['https://e.com/がん', '<a href="https://e.com/がん">https://e.com/がん</a>'],
    ['https://e.kr/w/C언어', '<a href="https://e.kr/w/C언어">https://e.kr/w/C언어</a>'],
    ['https://例え.jp/x', '<a href="https://例え.jp/x">https://例え.jp/x</a>'],
    ['https://e.com/a_(b)_c', '<a href="https://e.com/a_(b)_c">https://e.com/a_(b)_c</a>'],
    ['https://e.com/北京', '<a href="https://e.com/北京">https://e.com/北京</a>'],
  ])('%s', (markdown, html) => {
    expect(toHtml(markdown)).toBe(`<p>${html}</p>`)
  })
})
