// Puts the port, the server and the process that the reader enters into every command of the page, and keeps port and
// server in the reader's own browser, the server only as long as the tab is open. sockOwn(name, value) takes what a
// message names, until the next message: if that names none, what the reader entered is shown.
window.sockOwn = (() => {
  const FIELDS = ".sk-own input";
  const KEPT = { port: "localStorage", host: "sessionStorage" };
  const show = (name, value) => {
    document.querySelectorAll(`.sk-own-${name} input`).forEach((input) => { if (input !== document.activeElement) input.value = value });
    document.querySelectorAll(`.sk-your-${name}`).forEach((part) => {
      part.dataset.sample ??= part.textContent;
      part.textContent = value || part.dataset.sample;
    });
  };
  const keep = (name, key, value) => {
    try {
      window[KEPT[name]][value ? "setItem" : "removeItem"](key, value);
    } catch { /* a browser that keeps nothing, or nothing to be kept */ }
  };
  const NAMED = " named";
  const again = (name) => {
    try {
      const kept = window[KEPT[name]];
      const value = kept.getItem(name + NAMED) ?? kept.getItem(name);
      if (value) show(name, value);
    } catch { /* a browser that keeps nothing */ }
  };
  const enter = (name, value) => {
    if (value) keep(name, name, value);
    keep(name, name + NAMED);
    show(name, value);
  };
  document.querySelectorAll(FIELDS).forEach((input) => { input.parentElement.hidden = false });
  document.addEventListener("input", ({ target }) => {
    if (target.matches(FIELDS) && target.validity.valid) enter(target.parentElement.className.split("own-")[1], target.value);
  });
  document.addEventListener("change", ({ target }) => target.matches(FIELDS) && target.reportValidity());
  Object.keys(KEPT).forEach(again);
  return (name, value) => {
    keep(name, name + NAMED, value);
    again(name);
  };
})();
