// Looks at pages and pictures in a browser; see `pages`, which starts it.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');
const axe = require('axe-core');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
// A4 and Letter without the margins of the page, in CSS pixels.
const VIEWS = [
  { name: 'narrow', width: 320, height: 640, media: 'screen' },
  { name: 'phone', width: 360, height: 740, media: 'screen' },
  { name: 'laptop', width: 1280, height: 800, media: 'screen' },
  { name: 'a4', width: 673, height: 979, media: 'print' },
  { name: 'letter', width: 695, height: 912, media: 'print' },
];
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const [pictures, ...folders] = process.argv.slice(2);
const files = folders
  .flatMap((folder) => fs.readdirSync(folder).map((name) => path.resolve(folder, name)))
  .filter((file) => /\.(html|svg)$/.test(file))
  .sort();

// Runs in the page: every fault of layout, as a list of sentences.
function layout({ print }) {
  const faults = [];
  const call = (node) => {
    const text = (node.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 60);
    return `<${node.nodeName.toLowerCase()}${node.id ? ' id=' + node.id : ''}> "${text}"`;
  };
  const isPage = document.documentElement.nodeName === 'HTML' || document.documentElement.nodeName === 'html';

  if (isPage) {
    const root = document.documentElement;
    const room = root.clientWidth;
    if (root.scrollWidth > room) {
      const all = [...document.body.querySelectorAll('*')];
      const wide = all.filter((e) => e.getBoundingClientRect().right > room + 1 && !e.closest('.scroll > *'));
      faults.push(`the page is ${root.scrollWidth} wide on ${room}: ${wide.slice(0, 3).map(call).join(', ')}`);
    }
    // Text that is cut off, or that leaves what holds it.
    for (const node of document.body.querySelectorAll('*')) {
      if (node.closest('svg')) continue;
      const style = getComputedStyle(node);
      if (style.display === 'inline' || style.display === 'none' || !node.clientWidth) continue;
      const over = node.scrollWidth - node.clientWidth > 1;
      const under = node.scrollHeight - node.clientHeight > 1;
      const moves = /auto|scroll/.test(style.overflowX + style.overflowY);
      const cuts = /hidden|clip/.test(style.overflowX + style.overflowY);
      if (cuts && (over || under)) faults.push(`cut off: ${call(node)}`);
      const holds = /^(P|LI|TD|TH|DT|DD|H\d|PRE|FIGCAPTION|CAPTION|A|SUMMARY)$/.test(node.nodeName);
      const inner = [...node.querySelectorAll('.scroll')].some((e) => e.scrollWidth > e.clientWidth);
      if (holds && over && !moves && !inner) faults.push(`leaves its place: ${call(node)}`);
      if (moves && print && over) faults.push(`cannot be moved on paper: ${call(node)}`);
      if (moves && over && node.tabIndex < 0) faults.push(`cannot be reached by keys: ${call(node)}`);
    }
    // A number is a value of the findings and says which.
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const named = '[data-from], bdi, code, q, cite, svg';
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (/\d/.test(text.data) && !text.parentElement.closest(named)) {
        faults.push(`a number from nowhere: ${call(text.parentElement)}`);
      }
    }
    if (print) {
      const paper = getComputedStyle(document.body).backgroundColor;
      if (paper !== 'rgb(255, 255, 255)') faults.push(`dark paper: ${paper}`);
    }
    const ids = new Set();
    for (const node of document.querySelectorAll('[id]')) {
      if (ids.has(node.id)) faults.push(`twice: ${node.id}`);
      ids.add(node.id);
    }
  }

  // Texts of pictures: none upon another, none beyond the edge; turned texts by their turned boxes.
  let seen = 0;
  const svgs = isPage ? [...document.querySelectorAll('svg')] : [document.documentElement];
  for (const svg of svgs) {
    const frame = svg.getBoundingClientRect();
    if (isPage && !frame.width) continue;
    const box = svg.viewBox.baseVal;
    const edge = box && box.width ? box : { x: 0, y: 0, width: frame.width, height: frame.height };
    const toSheet = svg.getScreenCTM().inverse();
    const texts = [...svg.querySelectorAll('text')].filter((t) => t.textContent.trim());
    const boxes = texts.map((text) => {
      const b = text.getBBox();
      const m = toSheet.multiply(text.getScreenCTM());
      const corner = (x, y) => ({ x: m.a * x + m.c * y + m.e, y: m.b * x + m.d * y + m.f });
      return [corner(b.x, b.y), corner(b.x + b.width, b.y), corner(b.x + b.width, b.y + b.height),
        corner(b.x, b.y + b.height)];
    });
    seen += texts.length;
    const shadow = (points, axis) => {
      const along = points.map((p) => p.x * axis.x + p.y * axis.y);
      return [Math.min(...along), Math.max(...along)];
    };
    const axes = (points) => [0, 1].map((side) => {
      const [a, b] = [points[side], points[side + 1]];
      const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      return { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
    });
    const meet = (one, other) => [...axes(one), ...axes(other)].every((axis) => {
      const [a, b] = [shadow(one, axis), shadow(other, axis)];
      return Math.min(a[1], b[1]) - Math.max(a[0], b[0]) > 1;
    });
    boxes.forEach((one, place) => {
      const out = one.some((p) => p.x < edge.x - 1 || p.y < edge.y - 1 || p.x > edge.x + edge.width + 1 ||
        p.y > edge.y + edge.height + 1);
      if (out) faults.push(`leaves the picture: ${call(texts[place])}`);
      for (let other = 0; other < place; other += 1) {
        if (meet(one, boxes[other])) {
          faults.push(`in the picture, ${call(texts[place])} covers ${call(texts[other])}`);
        }
      }
      const says = texts[place].textContent.trim();
      const placed = texts[place].closest('[data-from], [data-tick]') || texts[place].querySelector('[data-from], [data-tick]');
      if (/^[-+\d.,%\s\u2212]*\d[-+\d.,%\s\u2212]*$/.test(says) && !placed) {
        faults.push(`in the picture, a number from nowhere: ${call(texts[place])}`);
      }
    });
  }
  return { faults, seen };
}

async function look(browser, file, view, scheme, pictures) {
  const faults = [];
  const page = await browser.newPage({
    viewport: { width: view.width, height: view.height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const url = pathToFileURL(file).href;
  page.on('console', (message) => faults.push(`the console says: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`an error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) faults.push(`asks for ${request.url()}`);
  });
  await page.emulateMedia({ media: view.media, colorScheme: scheme, reducedMotion: 'reduce' });
  await page.goto(url);
  const print = view.media === 'print';
  const found = await page.evaluate(layout, { print });
  faults.push(...found.faults);
  if (file.endsWith('.html') && !print && view.name !== 'narrow') {
    await page.evaluate(axe.source);
    const judged = await page.evaluate((tags) => globalThis.axe.run(document, {
      runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
    }), RULES);
    for (const { id, help, nodes } of judged.violations) {
      const where = nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ');
      faults.push(`${id} (${help}), ${nodes.length} times: ${where}`);
    }
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => {
      const at = document.activeElement;
      const box = at.getBoundingClientRect();
      return at.classList.contains('skip') && box.top >= 0 && box.height > 0;
    });
    if (!first) faults.push('the first key does not lead to the link that skips the contents');
    await page.evaluate(() => document.activeElement.blur());
    if (view.name !== 'laptop') {
      // The contents on narrow screens open, and nothing leaves the page then.
      const folded = page.locator('.folded summary');
      if (await folded.count() && await folded.isVisible()) {
        await folded.click();
        const opened = await page.evaluate(layout, { print });
        faults.push(...opened.faults.map((fault) => `with the contents open: ${fault}`)
          .filter((fault) => !found.faults.some((known) => fault.endsWith(known))));
        await folded.click();
      }
    }
  }
  if (pictures) {
    const name = path.join(pictures, `${path.basename(file).replace(/\.(html|svg)$/, '')}-${view.name}-${scheme}`);
    if (!print) {
      // A screenshot of more than the window never ends where the file is a picture: the window is made as high instead.
      const height = await page.evaluate(() => document.documentElement.getBoundingClientRect().height);
      await page.setViewportSize({ width: view.width, height: Math.ceil(Math.min(Math.max(height, 200), 9000)) });
      await page.screenshot({ path: `${name}.png` });
    }
  }
  if (print && scheme === 'light' && file.endsWith('.html')) {
    const pdf = await page.pdf({ format: view.name === 'a4' ? 'A4' : 'Letter', preferCSSPageSize: false });
    if (pdf.length < 1000) faults.push('nothing is printed');
    if (pictures) fs.writeFileSync(path.join(pictures, `${path.basename(file, '.html')}-${view.name}.pdf`), pdf);
  }
  await page.close();
  return { faults, seen: found.seen };
}

// A page with a fault of each kind: a check that finds nothing in it is none.
const FAULTY = `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>
<p id="a" style="width:2000px">wide</p><p id="a">12 from nowhere</p><p style="color:#eee;background:#fff">pale</p>
<div style="width:40px;height:20px;overflow:hidden">cut off by its container</div>
<table><tr><td style="max-width:30px;white-space:nowrap">a cell that is much too long</td></tr></table>
<img src="https://example.org/x.png"><script>console.log('a word')</script>
<svg width="200" height="60" viewBox="0 0 200 60"><text x="10" y="20">one</text><text x="15" y="22">another</text>
<text x="180" y="50">beyond</text><text x="100" y="20">42</text></svg></body></html>`;
const FOUND = ['the page is', 'twice: a', 'a number from nowhere', 'cut off', 'leaves its place', 'asks for',
  'the console says: a word', 'covers', 'leaves the picture', 'in the picture, a number', 'color-contrast',
  'image-alt', 'html-has-lang', 'document-title', 'the first key'];

async function examine(browser) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-'));
  const file = path.join(folder, 'faulty.html');
  fs.writeFileSync(file, FAULTY);
  const { faults } = await look(browser, file, VIEWS[1], 'light', '');
  fs.rmSync(folder, { recursive: true });
  const missed = FOUND.filter((wanted) => !faults.some((fault) => fault.startsWith(wanted) || fault.includes(wanted)));
  if (missed.length) throw new Error(`the check does not find: ${missed.join(', ')}`);
  console.log(`the check finds all ${FOUND.length} faults of a faulty page`);
}

(async () => {
  if (!files.length) throw new Error('there is nothing to look at');
  if (pictures) fs.mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.BROWSER, args: FLAGS, headless: true });
  await examine(browser);
  let faulty = 0;
  for (const file of files) {
    const isPage = file.endsWith('.html');
    const said = new Map();
    let texts = 0;
    for (const view of isPage ? VIEWS : VIEWS.filter((v) => v.name === 'laptop')) {
      for (const scheme of view.name === 'narrow' ? ['light'] : ['light', 'dark']) {
        const { faults, seen } = await look(browser, file, view, scheme, pictures);
        texts = Math.max(texts, seen);
        for (const fault of faults) said.set(fault, (said.get(fault) || new Set()).add(`${view.name} ${scheme}`));
      }
    }
    console.log(`${said.size ? 'FAULTY' : 'good'}  ${path.basename(file)}  (${texts} texts in pictures)`);
    for (const [fault, where] of [...said].slice(0, 40)) console.log(`    ${fault}  [${[...where].join(', ')}]`);
    if (said.size > 40) console.log(`    and ${said.size - 40} more`);
    faulty += said.size ? 1 : 0;
  }
  await browser.close();
  console.log(`${files.length} files, each on ${VIEWS.map((v) => v.name).join(', ')}, light and dark; ${faulty} with faults`);
  process.exit(faulty ? 1 : 0);
})().catch((error) => {
  console.error(error);
  process.exit(2);
});
