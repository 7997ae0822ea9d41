"""What is wrong with a page, as far as a machine can see? Words, names, order, room."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

# Words that no Indonesian sentence holds, in small letters or at its beginning; capitals are codes.
WORDS = (
    "the and of your you with from this that these those is are was were has have had been will would"
    " can may must until please who what when which where how there here each every for to it its or"
    " at by be as not none yes if so one our we they their them"
)
ENGLISH = re.compile(
    r"\b(" + "|".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in WORDS.split()) + r")\b"
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text as people read it; what is marked as another language or as code speaks for itself.
TEXTS = """() => {
  const seen = (e) => e && e.checkVisibility({checkVisibilityCSS: true});
  const foreign = '[lang]:not([lang="id"]):not(html), code, pre, script, style, noscript, [data-foreign]';
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text && seen(parent) && !parent.closest(foreign)) texts.push(text);
  }
  for (const name of ['placeholder', 'aria-label', 'title', 'alt'])
    for (const e of document.querySelectorAll(`[${name}]`))
      if (!e.closest(foreign)) texts.push(e.getAttribute(name));
  return texts;
}"""
FAULTS = """() => {
  const found = [];
  const seen = (e) => e.checkVisibility({checkVisibilityCSS: true});
  const short = (e) => e.outerHTML.replace(/\\s+/g, ' ').slice(0, 100);
  const named = (e) => (e.innerText || '').trim() || e.getAttribute('aria-label')
    || e.getAttribute('aria-labelledby') || e.getAttribute('title')
    || e.querySelector('img[alt]:not([alt=""]), [role=img][aria-label], svg title');
  for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
    if (seen(e) && !e.labels?.length && !named(e) && e.type !== 'submit')
      found.push(`no label: ${short(e)}`);
  for (const e of document.querySelectorAll('a[href], button, summary'))
    if (seen(e) && !e.closest('[aria-hidden=true]') && !named(e)) found.push(`no name: ${short(e)}`);
  for (const e of document.querySelectorAll('img:not([alt])')) found.push(`no alt: ${short(e)}`);
  const ones = {h1: 'h1', main: 'main', 'html[lang=id]': 'html in Indonesian', title: 'title'};
  for (const [selector, word] of Object.entries(ones)) {
    const count = document.querySelectorAll(selector).length - (selector === 'title'
      ? document.querySelectorAll('svg title').length : 0);
    if (count !== 1) found.push(`${count} × ${word}`);
  }
  if (!document.querySelector('header, [role=banner]')) found.push('no header');
  if (!document.querySelector('a.k-skip[href^="#"]')) found.push('no way past the menu');
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n))) found.push(`twice: #${id}`);
  for (const e of document.querySelectorAll('[aria-describedby], [aria-labelledby], [aria-controls]'))
    for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls'])
      for (const id of (e.getAttribute(name) || '').split(' ').filter(Boolean))
        if (!document.getElementById(id)) found.push(`${name} leads nowhere: ${id}`);
  let level = 0;
  for (const e of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    if (!seen(e) && !e.closest('.k-sr')) continue;
    const now = Number(e.tagName[1]);
    if (level && now > level + 1) found.push(`h${level} then h${now}: ${e.innerText.slice(0, 40)}`);
    level = now;
  }
  for (const e of document.querySelectorAll('th'))
    if (!(e.innerText || '').trim() && !e.getAttribute('aria-label')) found.push(`empty th: ${short(e)}`);
  // WCAG 2.2, 2.5.8: 24 px for what is pressed, but for links within a sentence.
  for (const e of document.querySelectorAll('button, summary, select, .k-button, nav a'))
    if (seen(e) && !e.closest('.k-sr') && !e.classList.contains('k-skip')) {
      const box = e.getBoundingClientRect();
      if (box.width && (box.height < 24 || box.width < 24))
        found.push(`too small, ${Math.round(box.width)}×${Math.round(box.height)}: ${short(e)}`);
    }
  // A bar that is fixed to the window makes no page wider: what it holds may be out of sight all the same.
  const kept = (e) => { for (let at = e; at; at = at.parentElement)
    if (getComputedStyle(at).position === 'fixed') return true; };
  for (const e of document.querySelectorAll('button, summary, .k-button'))
    if (seen(e) && kept(e) && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      found.push(`out of sight to the right: ${short(e)}`);
  // A table cuts off what is wider than it, and the page is none the wider.
  for (const e of document.querySelectorAll('.k-table-frame:not([data-wide]) :is(.k-button, .k-badge)')) {
    const frame = e.closest('.k-table-frame').getBoundingClientRect();
    if (seen(e) && e.getBoundingClientRect().right > frame.right + 1)
      found.push(`out of its table: ${short(e)}`);
  }
  for (const e of document.querySelectorAll('.k-tabs a'))
    if (e.getBoundingClientRect().right > document.documentElement.clientWidth)
      found.push(`a tab out of sight: ${e.innerText.trim()}`);
  for (const e of document.querySelectorAll('.k-row-on')) {
    const row = e.closest('.k-row').getBoundingClientRect();
    if (row.right - e.getBoundingClientRect().right > 40)
      found.push(`arrow amid a row: ${short(e.closest('.k-row'))}`);
  }
  return found;
}"""

# WCAG 2.2, 1.4.3: 4.5 to 1, 3 to 1 for large letters. A picture behind the text is not judged.
PALE = """() => {
  const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1})
    .getContext('2d', {willReadFrequently: true});
  const known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((c, n) => c * a + under[n] * (1 - a));
  const ground = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') return null;
      const layer = rgba(style.backgroundColor);
      if (layer[3] > 0) layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (color) => {
    const [r, g, b] = color.map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !e.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})) continue;
    if (e.closest('.k-sr, .k-skip, .k-knot, [disabled], [aria-disabled=true], svg, noscript, option')) continue;
    const under = ground(e);
    if (!under) continue;
    const style = getComputedStyle(e);
    const ink = over(rgba(style.color), under);
    const [high, low] = [light(ink), light(under)].sort((x, y) => y - x);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) found.push(`pale, ${ratio.toFixed(1)}: ${text.slice(0, 50)}`);
  }
  return found;
}"""


def faults(page: Page) -> Iterator[str]:
    """Give what is wrong with the page as it is shown now."""
    yield from page.evaluate(FAULTS)
    yield from page.evaluate(PALE)
    if (over := page.evaluate(OVERFLOW)) > 0:
        yield f"{over} px stick out at {page.viewport_size['width'] if page.viewport_size else '?'}"
    for text in page.evaluate(TEXTS):
        if found := ENGLISH.findall(text):
            yield f"English ({found[0]}): {' '.join(text.split())[:80]}"
