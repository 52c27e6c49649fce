// Puts the port, the server and the process that the reader enters into every command of the page, and keeps the port in
// the reader's own browser.
{
  const FIELDS = ".sk-own input";
  const named = (input) => input.parentElement.className.split("own-")[1];
  const showOwn = (name, value) => {
    document.querySelectorAll(`.sk-own-${name} input`).forEach((input) => { if (input !== document.activeElement) input.value = value });
    document.querySelectorAll(`.sk-your-${name}`).forEach((part) => {
      part.dataset.sample ??= part.textContent;
      part.textContent = value || part.dataset.sample;
    });
  };
  document.querySelectorAll(FIELDS).forEach((input) => { input.parentElement.hidden = false });
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(FIELDS) || !target.validity.valid) return;
    const name = named(target);
    if (name === "port" && target.value)
      try { localStorage.setItem(name, target.value) } catch { /* a browser that keeps nothing */ };
    showOwn(name, target.value);
  });
  try {
    const port = localStorage.getItem("port");
    if (port) showOwn("port", port);
  } catch { /* a browser that keeps nothing */ }
}
