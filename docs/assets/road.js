// Leads on along the road that the reader has chosen, on a page that is a station of it.
"use strict";
{
  const article = document.querySelector("main article");
  const way = article.querySelector(`.sk-way-on[data-door="${CSS.escape(sessionStorage.getItem("door"))}"]`);
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const ends = { prev: "sk-before", next: "sk-after" };
  document.querySelectorAll(".sk-where, .sk-onward nav").forEach((nav) => {
    nav.querySelectorAll(".sk-before, .sk-after").forEach((link) => link.remove());
    for (const { rel, href, textContent } of way.children)
      nav.append(make("a", { className: ends[rel], rel, href }, make("span", { textContent })));
  });
  // The question at the page's foot leads on too; if it leads off the road, the road comes first.
  const [on, ask, note] = [way.querySelector("[rel=next]"), ...article.querySelectorAll(".sk-next p")];
  const off = ask?.firstElementChild;
  if (on && off && off.href !== on.href) {
    note.replaceChildren("Off this road: ", off);
    ask.append(make("a", { href: on.href, textContent: on.textContent }));
  }
  const leave = make("button", { type: "button", className: "sk-leave", textContent: "Leave this road" });
  leave.addEventListener("click", () => { sessionStorage.removeItem("door"); location.reload(); });
  const said = make("p", { className: "sk-note sk-road-said", textContent: `${way.getAttribute("aria-label")} ` }, leave);
  document.querySelector(".sk-onward")?.prepend(said);
}
