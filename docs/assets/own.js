// Puts the port, the server and the process that the reader enters into every command of the page, and keeps port and
// server in the reader's own browser, the server only as long as the tab is open. sockOwn(name, value) takes what a
// message names as if it were entered, or, without a value, shows what is kept.
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
  const enter = (name, value) => {
    try {
      if (value && name in KEPT) window[KEPT[name]].setItem(name, value);
    } catch { /* a browser that keeps nothing */ }
    show(name, value);
  };
  const again = (name) => {
    try {
      const value = window[KEPT[name]].getItem(name);
      if (value) show(name, value);
    } catch { /* a browser that keeps nothing */ }
  };
  document.querySelectorAll(FIELDS).forEach((input) => { input.parentElement.hidden = false });
  document.addEventListener("input", ({ target }) => {
    if (target.matches(FIELDS) && target.validity.valid) enter(target.parentElement.className.split("own-")[1], target.value);
  });
  document.addEventListener("change", ({ target }) => target.matches(FIELDS) && target.reportValidity());
  Object.keys(KEPT).forEach(again);
  return (name, value) => (value ? enter(name, value) : again(name));
})();
