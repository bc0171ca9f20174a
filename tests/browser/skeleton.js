// Names what a page is made of, so that one made of nothing new need not be tried again.
() => {
  const named = (el) => `${el.tagName}.${el.className.baseVal ?? el.className}`;
  const lives = (el) => ["disabled", "hidden", "aria-current", "aria-invalid", "type", "role"]
    .filter((name) => el.hasAttribute(name))
    .map((name) => `${name}=${el.getAttribute(name)}`);
  const each = (el) => [named(el.parentElement), named(el), ...lives(el)].join(" ");
  return [...new Set([...document.body.querySelectorAll("*")].map(each))];
}
