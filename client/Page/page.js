'use strict';

const texts = {
  en: {
    entriesPerSecond: 'Entries per second', entries: 'Entries in all', points: 'Points earned*',
    members: 'New members*', tierChanges: 'Tier changes*', feed: 'Live', time: 'Time', what: 'Event',
    store: 'Store', paid: 'Paid', gain: 'Points', news: 'News', lookup: 'Member', find: 'Find', identity: 'Identity',
    key: 'API key', use: 'Use', ledger: 'Ledger', why: 'Why', balance: 'Balance', more: 'More',
    quiet: 'Nothing has happened since you opened this page.', live: 'live', lost: 'not connected',
    skipped: n => `* while somebody watches${n ? `; ${n} entries of the last second are counted, not shown` : ''}`,
    since: 'member since', pending: 'pending', until: 'until', locked: 'This silo asks for an API key with the scope read.',
    runtime: 'Grains', grain: 'Class', residents: 'Resident', callsPerSecond: 'Calls/s', queue: 'Queue', failures: 'Failures',
    due: (rate, late) => `What time brings: ${rate} a second, ${late} s late`,
    kinds: { earned: 'earned', activated: 'became active', extended: 'last longer', expired: 'expired', spent: 'spent', adjusted: 'corrected', reversed: 'taken back', transferred: 'given or received' },
    statuses: { active: 'active', 'card-lost': 'card lost', frozen: 'frozen', blacklisted: 'blacklisted', closed: 'closed' },
    types: {},
  },
  zh: {
    entriesPerSecond: '每秒笔数', entries: '累计笔数', points: '发放积分*', members: '新增会员*',
    tierChanges: '等级变动*', feed: '实时动态', time: '时间', what: '事件', store: '门店', paid: '金额', gain: '积分',
    news: '动态', lookup: '会员查询', find: '查询', identity: '会员标识', key: 'API 密钥', use: '使用', ledger: '积分明细',
    why: '原因', balance: '余额', more: '更多', quiet: '打开页面后尚无新动态。', live: '实时', lost: '未连接',
    skipped: n => `* 有人查看期间${n ? `；上一秒另有 ${n} 笔只计数、未显示` : ''}`,
    since: '入会时间', pending: '待生效', until: '至', locked: '请输入具有 read 权限的 API 密钥。',
    runtime: '运行对象', grain: '类型', residents: '驻留数', callsPerSecond: '调用/秒', queue: '排队', failures: '失败',
    due: (rate, late) => `到期事项：每秒 ${rate} 笔，延迟 ${late} 秒`,
    kinds: { earned: '获得', activated: '生效', extended: '延期', expired: '过期', spent: '使用', adjusted: '调整', reversed: '扣回', transferred: '转赠' },
    statuses: { active: '正常', 'card-lost': '已挂失', frozen: '已冻结', blacklisted: '黑名单', closed: '已注销' },
    types: {
      'mall.purchase': '消费', 'mall.refund': '退货', 'parking.entry': '入场', 'parking.exit': '离场',
      'visit.door': '到店', 'visit.wifi': '连接 Wi-Fi', 'app.opened': '打开小程序', 'app.viewed': '浏览',
      'app.checkin': '签到', 'content.opened': '打开内容', 'content.clicked': '点击内容',
      'member.registered': '入会', 'member.updated': '资料更新', command: '操作',
    },
  },
};

const $ = id => document.getElementById(id);
const kept = 40;
let language = localStorage.language || (navigator.language.startsWith('zh') ? 'zh' : 'en');
let key = sessionStorage.key || '';
let connection = 'lost';
let skipped = 0;
let shown = null;
let lastId = '';

const t = name => texts[language][name];
const whole = number => number.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB');
const clock = at => new Date(at).toLocaleTimeString('en-GB');
const day = at => new Date(at).toLocaleString('sv-SE').slice(0, 16);

function element(tag, text, style) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (style) made.className = style;
  return made;
}

function row(...cells) {
  const made = element('tr');
  made.append(...cells);
  return made;
}

function signed(points) {
  return element('td', points ? (points > 0 ? '+' : '') + whole(points) : '', 'number ' + (points < 0 ? 'loss' : 'gain'));
}

function translate() {
  document.documentElement.lang = language;
  document.querySelectorAll('[data-text]').forEach(e => { e.textContent = t(e.dataset.text); });
  document.querySelectorAll('[data-label]').forEach(e => e.setAttribute('aria-label', t(e.dataset.label)));
  $('key').placeholder = t('key');
  $('language').textContent = language === 'zh' ? 'English' : '中文';
  $('skipped').textContent = t('skipped')(skipped);
  showConnection(connection);
  if (shown) showMember(shown);
}

function showConnection(state) {
  connection = state;
  $('state').className = state;
  $('state').lastChild.textContent = t(state);
}

function headers(more) {
  return { ...(key ? { 'X-Api-Key': key } : {}), 'Accept-Language': language, ...more };
}

/* The feed is read by fetch, not by EventSource, which cannot send a key. */
async function watch() {
  for (;;) {
    try {
      const response = await fetch('v1/live', { headers: headers(lastId ? { 'Last-Event-ID': lastId } : {}) });
      if (response.status === 401 || response.status === 403) return lock();
      if (response.ok) {
        showConnection('live');
        await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
      }
    } catch { /* the line below tries again */ }
    showConnection('lost');
    await new Promise(done => setTimeout(done, 2000));
  }
}

async function read(reader) {
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop();
    parts.forEach(take);
  }
}

function take(message) {
  const fields = {};
  for (const line of message.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2);
  }
  if (fields.id) lastId = fields.id;
  if (fields.event === 'entry') showEntry(JSON.parse(fields.data));
  if (fields.event === 'runtime') showRuntime(JSON.parse(fields.data));
  if (fields.event === 'counters') showCounters(JSON.parse(fields.data));
}

function showCounters(counters) {
  for (const name of ['entriesPerSecond', 'entries', 'points', 'members', 'tierChanges'])
    $(name).textContent = whole(counters[name]);
  skipped = counters.skipped;
  $('skipped').textContent = t('skipped')(skipped);
}

function showRuntime({ grains, due }) {
  $('runtime').hidden = !grains.length;
  $('due').textContent = due ? t('due')(whole(Math.round(due.perSecond)), (due.lagMs / 1000).toFixed(1)) : '';
  const number = value => element('td', whole(value), 'number');
  $('grains').replaceChildren(...grains.map(grain => row(
    element('td', grain.grain), number(grain.residents), number(Math.round(grain.callsPerSecond)), number(grain.p50Ms),
    number(grain.p99Ms), number(grain.queue), number(grain.failures))));
}

function showEntry(entry) {
  $('quiet').hidden = true;
  const news = element('td');
  if (entry.tier?.before) news.append(element('span', `${entry.tier.before ?? '–'} → ${entry.tier.after ?? '–'}`, 'badge'));
  for (const tag of entry.tags ?? []) news.append(element('span', tag, 'badge'));
  const points = entry.points.find(line => line.wallet === 'points') ?? entry.points[0];
  $('rows').prepend(row(
    element('td', clock(entry.at)), element('td', texts[language].types[entry.type] ?? entry.type),
    element('td', entry.store ?? ''), element('td', entry.paid ?? '', 'number'), signed(points?.points ?? 0), news));
  while ($('rows').children.length > kept) $('rows').lastChild.remove();
}

function lock() {
  showConnection('lost');
  $('unlock').hidden = false;
  problem(t('locked'));
}

function problem(text) {
  $('problem').hidden = !text;
  $('problem').textContent = text;
}

async function get(path) {
  const response = await fetch(path, { headers: headers() });
  const body = await response.json();
  if (!response.ok) throw new Error(body.title + (body.detail ? ` – ${body.detail}` : ''));
  return body;
}

async function find(identity) {
  problem('');
  try {
    const member = await get(`v1/members/${encodeURIComponent(identity)}`);
    const page = await get(`v1/members/${member.id}/ledger?limit=30`);
    shown = { member, lines: page.lines, next: page.next };
    showMember(shown);
  } catch (failure) {
    shown = null;
    $('member').hidden = true;
    problem(failure.message);
  }
}

async function more() {
  const page = await get(`v1/members/${shown.member.id}/ledger?limit=30&cursor=${encodeURIComponent(shown.next)}`);
  shown.lines.push(...page.lines);
  shown.next = page.next;
  showMember(shown);
}

function showMember({ member, lines, next }) {
  $('member').hidden = false;
  $('member-name').textContent = member.identities.join(', ');
  const tier = member.tier ? `${member.tier.name}${member.tier.until ? ` (${t('until')} ${day(member.tier.until)})` : ''} · ` : '';
  const blocked = member.status && member.status.id !== 'active' ? `${t('statuses')[member.status.id]} · ` : '';
  $('member-facts').textContent = `${blocked}${tier}${t('since')} ${day(member.enrolledAt)}`;
  $('wallets').replaceChildren(...member.wallets.map(wallet => {
    const item = element('li');
    item.append(element('small', wallet.name), element('b', whole(wallet.balance)));
    if (wallet.pending) item.append(element('small', `${t('pending')} ${whole(wallet.pending)}`));
    return item;
  }));
  $('tags').replaceChildren(...member.tags.map(tag => element('li', tag.tag, 'badge')));
  $('ledger').replaceChildren(...lines.map(line => {
    const why = element('td', `${t('kinds')[line.kind] ?? line.kind} ${line.rule?.id ?? line.reason ?? ''}`);
    if (line.rule) why.title = `${line.rule.file}:${line.rule.line}`;
    return row(element('td', day(line.at)), why, signed(line.points || line.pending), element('td', whole(line.balance), 'number'));
  }));
  $('more').hidden = !next;
}

$('language').onclick = () => {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.language = language;
  translate();
};

$('search').onsubmit = event => {
  event.preventDefault();
  find($('identity').value.trim());
};

$('unlock').onsubmit = event => {
  event.preventDefault();
  key = sessionStorage.key = $('key').value.trim();
  $('unlock').hidden = true;
  problem('');
  watch();
};

$('more').onclick = more;

translate();
watch();
