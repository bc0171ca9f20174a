// Says what is hard to use on this page: sideways scrolling, small targets, focus that hides.
() => {
  const LEAST = 44;
  const USABLE = "a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex='0']";
  const wrong = [];
  const round = Math.round;

  const named = (el) => {
    const words = (el.getAttribute("aria-label") || el.innerText || el.name || "").trim();
    return `${el.tagName.toLowerCase()}.${el.className} "${words.slice(0, 40)}"`;
  };
  const shown = (el) => el.checkVisibility({ visibilityProperty: true }) && !el.closest(".skip");
  const usable = () => [...document.querySelectorAll(USABLE)].filter(shown);

  const inSentence = (el) => {
    if (el.tagName !== "A" || getComputedStyle(el).display !== "inline") return false;
    return [...el.parentElement.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && /\p{L}{2}/u.test(node.data),
    );
  };
  const target = (el) => (/^(radio|checkbox)$/.test(el.type) && el.closest("label")) || el;

  const pinned = (el) => {
    for (let up = el; up; up = up.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(up).position)) return up;
    }
    return null;
  };
  const covering = (el) => {
    const box = el.getBoundingClientRect();
    const xs = [box.left + 3, box.left + box.width / 2, box.right - 3];
    const high = Math.min(box.height, 2 * LEAST); // of a large field its first lines
    const ys = [box.top + 3, box.top + high / 2, box.top + high - 3];
    for (const y of ys) for (const x of xs) {
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      const top = document.elementFromPoint(x, y);
      const bar = top && !target(el).contains(top) && pinned(top);
      if (bar && !bar.contains(el)) return bar;
    }
    return null;
  };
  const outlined = (el) => [el, el.nextElementSibling].some((each) => {
    const style = each && getComputedStyle(each);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });

  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].find(
      (el) => shown(el) && el.getBoundingClientRect().right > innerWidth + 1,
    );
    wrong.push(`scrolls sideways: ${wide ? named(wide) : "?"}`);
  }
  for (const el of usable()) {
    const box = target(el).getBoundingClientRect();
    const small = round(box.width) < LEAST || round(box.height) < LEAST;
    if (small && !inSentence(el)) {
      wrong.push(`small: ${named(el)} ${round(box.width)}x${round(box.height)}`);
    }
  }
  for (const el of usable()) {
    el.focus({ focusVisible: true });
    if (document.activeElement !== el) wrong.push(`takes no focus: ${named(el)}`);
    else if (!outlined(el)) wrong.push(`focus is not seen: ${named(el)}`);
    const bar = covering(el);
    if (bar) wrong.push(`hidden under ${named(bar)}: ${named(el)}`);
  }
  document.activeElement.blur();
  scrollTo(0, 0);
  return [...new Set(wrong)];
}
