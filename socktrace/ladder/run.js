// Plays a run. Everything can be read without this script; it adds the controls that need it.
"use strict";
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const ICONS = { play: "M0 0l15 8.5L0 17z", pause: "M1 0h4v17H1zM10 0h4v17h-4z" };
  const PACE = { step: 700, letter: 14, all: 40000, packet: 900 }; // milliseconds, at speed 1
  const $$ = (selector, of) => [...of.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const svg = (tag, attributes = {}, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const fetched = {}; // scripts that few need, once somebody does
  const need = (file, own) =>
    (fetched[file] ??= new Promise((resolve, reject) => {
      if (window[own]) return resolve(window[own]);
      document.head.append(make("script", { src: folder + file, onload: () => resolve(window[own]), onerror: reject }));
    }));
  const openPacket = async (row, onClose) => {
    const chip = row.querySelector(".sk-chip");
    const who = chip.querySelector(".sk-vh").textContent.match(/from (.*) to (.*): $/);
    const { dress, open } = await need("packet.js", "sockPacket");
    dress();
    const shown = open(row, { number: +row.dataset.packet, from: who[1], to: who[2], onClose: () => {
      onClose();
      chip.focus();
    } });
    row.classList.add("sk-is-open");
    chip.ariaExpanded = "true";
    row.after(make("tr", { className: "sk-letter-row" }, make("td", { colSpan: 2 }, shown)));
    return shown;
  };
  const shutPacket = (row) => {
    row.classList.remove("sk-is-open");
    row.querySelector(".sk-chip").ariaExpanded = "false";
    row.nextElementSibling?.matches(".sk-letter-row") && row.nextElementSibling.remove();
  };
  const enable = (wire) => {
    for (const chip of $$("button.sk-chip", wire)) Object.assign(chip, { disabled: false, ariaExpanded: "false" });
  };
  let playing = () => {}; // stops the run that plays
  let asked = null; // the question whose answer the reader is about to watch
  let gone = false; // whether the reader may have scrolled away from the run that plays
  for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, () => (gone = true), { passive: true });

  class Player {
    constructor(run, wire, place) {
      this.printed = $$("pre[data-since]", run).map((pre) => ({ all: pre.firstChild, title: pre.previousElementSibling, words: pre.previousElementSibling.textContent, lines: pre.textContent.match(/.*\n?/g), since: pre.dataset.since.split(" ") }));
      this.sockets = $$("[data-open]", run).map((line) => ({ line, words: line.textContent, open: JSON.parse(line.dataset.open) }));
      Object.assign(this, { run, wire, place, at: 0, timer: 0 });
      this.rows = $$(".sk-row", wire);
      this.acts = $$("tbody", wire).map((body) => ({ name: body.dataset.act, fold: body.querySelector(".sk-act input"), rows: $$(".sk-row", body) }));
      this.lines = $$(".sk-line", run);
      this.kernels = $$(".sk-kernel", run).map((box) => ({ box, keeps: JSON.parse(box.dataset.keeps) }));
      this.columns = run.querySelector(".sk-cols");
      this.links = svg("svg", { class: "sk-links", "aria-hidden": "true" });
      this.columns.append(this.links);
      this.build();
      run.addEventListener("keydown", (event) => this.key(event));
      wire.addEventListener("click", (event) => this.click(event));
      addEventListener("scroll", () => this.join(), { passive: true });
      addEventListener("resize", () => {
        this.tallest = 0;
        this.join();
      });
      addEventListener("hashchange", () => this.follow());
      still.addEventListener("change", () => this.label());
      $$("pre", run).forEach((pane) => pane.addEventListener("scroll", () => this.join(), { passive: true }));
      enable(wire);
      this.show(0);
      this.follow();
    }

    // -- the controls

    build() {
      const button = (name, text, job) => make("button", { type: "button", className: name, textContent: text, onclick: job });
      const total = this.rows.length;
      this.play = button("sk-play", "", () => this.toggle());
      this.back = button("sk-aft", "Back", () => this.by(-1));
      this.next = button("sk-forth", "Next", () => this.by(1));
      this.marks = this.rows.map((row) => {
        const kind = row.matches(".sk-pkt") ? (row.matches(".sk-dat") ? "sk-d" : row.matches(".sk-fin") ? "sk-p sk-e" : "sk-p") : "";
        return make("i", { className: kind });
      });
      const acts = make("div", { className: "sk-act-names", ariaHidden: "true" }, ...this.acts.map((act) => make("span", { textContent: act.name })));
      acts.style.gridTemplateColumns = this.acts.map((act) => `${act.rows.length}fr`).join(" ");
      this.slider = make("input", { type: "range", min: 0, max: total, value: 0, ariaLabel: "Step", oninput: () => this.to(+this.slider.value) });
      const told = [["sk-d", "blue is data"], ["sk-p sk-e", "red is the end"]].filter(([kind]) => this.marks.some(({ className }) => className === kind));
      this.legend = told.map(([, words], at) => (at ? ", " : ": ") + words).join("");
      const track = make("div", { className: "sk-track", title: `A bar is a step, a tall one a packet${this.legend}` }, make("div", { className: "sk-wave", ariaHidden: "true" }, ...this.marks), acts, this.slider);
      const name = `speed-${this.rows[0].id}`;
      this.speeds = [["½×", 0.5], ["1×", 1], ["2×", 2]].map(([text, value]) => {
        const input = make("input", { type: "radio", name, value, checked: value === 1 });
        return make("label", {}, text, input);
      });
      let fast = 1;
      const speed = make("div", { className: "sk-speed", role: "radiogroup", ariaLabel: "Speed", onclick: ({ target }) => {
        const at = this.speeds.indexOf(target.parentElement);
        if (at < 0) return;
        const next = this.speeds[(at + 1) % 3];
        if (at === fast && getComputedStyle(next).opacity < 1) next.control.checked = true; // phones show one
        fast = this.speeds.findIndex((label) => label.control.checked);
      } }, ...this.speeds);
      this.count = make("span", { className: "sk-count" });
      this.words = make("p", { className: "sk-saying" });
      this.words.setAttribute("role", "status");
      this.also = make("div", { className: "sk-also", ariaHidden: "true" });
      this.kept = make("div", { className: "sk-kept", ariaHidden: "true" });
      this.opener = button("sk-opener", "", () => this.rows[this.at - 1].querySelector(".sk-chip").click());
      this.way = make("a", { className: "sk-return", href: "#", hidden: true, onclick: () => (this.way.hidden = true) }, "Back to the question");
      const aside = make("div", { className: "sk-aside" }, this.opener, this.way);
      const now = make("div", { className: "sk-now-is" }, this.count, make("div", {}, this.words, this.also, this.kept), aside);
      this.place.replaceChildren(make("div", { className: "sk-keys" }, this.play, this.back, this.next, track, speed), now);
      const fold = this.run.querySelector(".sk-recorded");
      if (fold && !fold.nextElementSibling) fold.after(button("sk-sheet-button", "Print as a worksheet", () => this.worksheet()));
      this.place.setAttribute("role", "group");
      this.place.setAttribute("aria-label", "Play the run");
    }

    label() {
      const end = this.at === this.rows.length;
      const text = this.timer ? "Pause" : end ? "Again" : this.at === 0 ? "Play" : "Go on";
      const icon = svg("svg", { viewBox: "0 0 15 17", "aria-hidden": "true" }, svg("path", { d: ICONS[this.timer ? "pause" : "play"] }));
      this.play.replaceChildren(icon, text);
      this.run.classList.toggle("sk-still", still.matches);
    }

    // -- going from step to step

    show(to, moves = false) {
      const total = this.rows.length;
      this.at = Math.min(Math.max(to, 0), total);
      const row = this.rows[this.at - 1];
      const fold = this.acts.find(({ rows }) => rows.includes(row))?.fold;
      if (fold) fold.checked = true;
      this.rows.forEach((one) => one !== row && this.shut(one)); // a packet that was open belongs to its own step
      this.wire.classList.toggle("sk-going", this.at > 0);
      this.run.classList.toggle("sk-begun", this.at > 0);
      if (this.at) this.run.classList.remove("sk-veiled");
      this.catchUp();
      this.rows.forEach((one, number) => {
        one.classList.toggle("sk-at", number === this.at - 1);
        one.classList.toggle("sk-yet", number > this.at - 1);
        this.marks[number].classList.toggle("sk-been", number < this.at);
        this.marks[number].classList.toggle("sk-now", number === this.at - 1);
      });
      this.lines.forEach((line) => line.classList.remove("sk-on"));
      const lit = (row?.dataset.line ?? "").split(" ").map((id) => document.getElementById(id)).filter((line) => line && this.run.contains(line));
      lit.forEach((line) => line.classList.add("sk-on"));
      this.tell(row, lit);
      // A shorter sentence makes a dock less high, and its keys would move where it comes to the end of the run.
      this.tallest = Math.max(this.tallest ?? 0, this.place.offsetHeight);
      this.place.style.setProperty("--spare", `${this.tallest - this.place.offsetHeight}px`);
      this.keep(moves && row?.matches(".sk-pkt") && !still.matches);
      this.slider.value = this.at;
      this.slider.setAttribute("aria-valuetext", row ? `Step ${this.at} of ${total}` : "Not started");
      this.back.setAttribute("aria-disabled", this.at === 0);
      this.next.setAttribute("aria-disabled", this.at === total);
      if (row && lit[0]) this.reveal(lit[0]);
      if (row && moves) this.scroll(row);
      this.join();
      if (row && moves) this.travel(row);
    }

    tell(row, lit) {
      const total = this.rows.length;
      const hidden = (text) => make("span", { className: "sk-vh", textContent: text });
      this.opener.hidden = !row?.dataset.packet;
      if (!row) {
        const amount = this.wire.querySelector("caption")?.textContent ?? `${total} steps`;
        this.words.replaceChildren(`${amount}. Press ${still.matches ? "Next" : "Play"}, or drag ${this.legend ? `along the bars${this.legend}` : "to where you like"}.`);
        this.count.replaceChildren();
        this.also.textContent = "";
        return;
      }
      const told = [...row.querySelector(".sk-sentence").childNodes].map((node) => node.cloneNode(true));
      const where = lit.length ? ` Line ${lit[0].querySelector(".sk-no")?.dataset.n ?? lit[0].dataset.n}.` : "";
      const folded = this.before && this.at === this.before + 1 ? ` Steps 1 to ${this.before} are folded above.` : "";
      this.words.replaceChildren(hidden(`Step ${this.at} of ${total}. `), ...told, folded, hidden(where));
      this.count.replaceChildren(`${this.at}`, make("small", { textContent: ` of ${total}` }));
      this.also.classList.toggle("sk-mine", lit.length);
      this.also.textContent = lit.length ? lit.map((line) => line.textContent.trim()).join("   ") : row.matches(".sk-pkt") ? `no line of yours: ${"sealed" in row.dataset ? "TLS" : "the kernel"} did this` : "";
      this.opener.textContent = `${row.classList.contains("sk-is-open") ? "Close" : "Open"} packet ${row.dataset.packet}`;
    }

    // What was printed and how many sockets are open: by then, or at rest in the end.
    catchUp() {
      const going = this.at > 0 && this.at < this.rows.length;
      for (const { all, title, words, lines, since } of this.printed) {
        const seen = since.filter((row) => row <= this.at).length;
        const known = going && since[seen] ? seen : lines.length;
        const rest = lines.slice(known).join("");
        all.replaceChildren(lines.slice(0, known).join(""), rest && make("i", {}, rest));
        title.textContent = rest ? words.replace(/printed$/, "prints") : words;
      }
      for (const { line, words, open } of this.sockets) {
        const now = open.findLast(([row]) => row <= this.at)?.[1] ?? 0;
        line.textContent = going ? `Open now: ${now} of ${words.match(/^[\d,]+ sockets?/)}` : words;
      }
    }

    keep(later) {
      clearTimeout(this.sorting);
      const sort = () => {
        // in one line, where the boxes have no room
        const lies = this.kernels.flatMap(({ keeps }) => keeps).map(([name, , ...moments]) => [name, moments.findLast(([row]) => row <= this.at)]);
        this.kept.textContent = lies.filter(([, now]) => now?.[3]).map(([name, now]) => `${name}: ${now[2]}`).join(", ");
        this.kernels.forEach(({ box, keeps }) => {
          const lines = keeps.map(([name, port, ...moments]) => {
            const now = this.at ? moments.findLast(([row]) => row <= this.at) : undefined;
            const [, shape, inbox, kind] = now ?? [];
            const line = make("div", { className: shape ? "sk-keep" : "sk-keep sk-off" }, make("i", { className: `sk-${shape || "gone"}` }), make("code", { textContent: name }));
            line.append(port ? make("span", { className: "sk-port", textContent: port }) : "", make("b", { className: kind ? `sk-${kind}` : "", textContent: inbox ?? "" }));
            return line;
          });
          box.classList.toggle("sk-few", keeps.length < 4); // which keep their places, so that nothing moves
          box.style.setProperty("--most", Math.max(...this.kernels.map((one) => one.keeps.length)));
          const none = keeps.length < 6 && lines.every((line) => line.matches(".sk-off")); // not all are here
          box.firstElementChild.textContent = none ? "the kernel keeps nothing" : "the kernel keeps";
          box.replaceChildren(box.firstElementChild, ...lines);
        });
      };
      if (later) this.sorting = setTimeout(sort, (PACE.packet - 50) / this.speed);
      else sort();
    }

    get speed() {
      return +this.place.querySelector(".sk-speed :checked").value;
    }

    reveal(line) {
      const pane = line.closest("pre");
      const [top, high, one] = [line.offsetTop, pane.clientHeight, parseFloat(getComputedStyle(pane).lineHeight)];
      const cut = top < pane.scrollTop + one || top > pane.scrollTop + high - 2 * one;
      if (cut) pane.scrollTop = Math.round((top - high / 2) / one) * one; // no line is cut in two
    }

    scroll(row) {
      const before = this.rows[this.at - 2]?.getBoundingClientRect();
      if (this.timer && gone && before && (before.bottom < 0 || before.top > innerHeight)) return; // the reader looks elsewhere
      gone = false;
      const bar = this.place.getBoundingClientRect();
      const spot = row.getBoundingClientRect();
      const below = bar.top > innerHeight / 3; // the dock of a phone
      const [high, low] = below ? [0, bar.top] : [Math.max(bar.bottom, 0), innerHeight];
      if (spot.bottom < low - 40 && spot.top > high + 10) return;
      // The bar stays under the reader's pointer: no further than it sticks, and at once where it does not stick yet, for
      // what slides away between a press and its release is not pressed.
      const end = this.place.parentNode.getBoundingClientRect().bottom - (below ? innerHeight : bar.height);
      const sticks = end >= 0 && (below || bar.top < 1);
      const way = spot.top - Math.max(high + 10, Math.min((high + low) / 2, low - 40 - spot.height)); // all of a tall card
      scrollBy({ top: sticks ? Math.min(way, end) : way, behavior: sticks && !still.matches ? "smooth" : "auto" });
    }

    join() {
      this.wire.style.setProperty("--under", `${this.place.offsetHeight}px`);
      this.links.replaceChildren();
      const row = this.rows[this.at - 1];
      const line = row && this.lines.find((one) => one.classList.contains("sk-on") && one.offsetParent);
      if (!line) return;
      const box = this.links.getBoundingClientRect();
      const pane = line.closest("pre").getBoundingClientRect();
      const from = line.getBoundingClientRect();
      const to = row.getBoundingClientRect();
      if (to.bottom < this.place.getBoundingClientRect().bottom) return; // the row lies under the bar
      if (!to.height || (to.left < pane.right - 4 && to.right > pane.left + 4)) return; // one stands below the other
      const left = pane.right <= to.left;
      const x = [(left ? pane.right : pane.left) - box.left, (left ? to.left : to.right) - box.left];
      const y = [Math.min(Math.max(from.top + from.height / 2, pane.top), pane.bottom) - box.top, to.top + Math.min(to.height / 2, 23) - box.top];
      const middle = (x[0] + x[1]) / 2;
      this.links.append(svg("path", { d: `M${x[0]} ${y[0]}C${middle} ${y[0]} ${middle} ${y[1]} ${x[1]} ${y[1]}` }));
    }

    travel(row) {
      const chip = row.matches(".sk-pkt") && row.querySelector(".sk-chip");
      if (!chip || still.matches) return;
      const path = row.querySelector(".sk-path");
      const way = Math.max(0, path.offsetWidth - chip.offsetWidth - 24) * (row.querySelector(".sk-leftward") ? 1 : -1);
      const how = { duration: PACE.packet / this.speed, easing: "cubic-bezier(.5,.05,.3,1)" };
      chip.animate([{ transform: `translateX(${way}px)` }, { transform: "none" }], how);
      path.animate([{ transform: "scaleX(0)" }, { transform: "none" }], how);
    }

    // -- playing

    pause(row) {
      const length = (one) => PACE.step + PACE.letter * one.querySelector(".sk-sentence").textContent.length;
      const all = this.rows.reduce((sum, one) => sum + length(one), 0);
      const most = Math.max(1, all / (PACE.all * Math.max(1, this.rows.length / 26)));
      return length(row) / most / this.speed;
    }

    // How many steps lie folded before the first one in sight.
    get before() {
      const seen = this.acts.findIndex(({ fold }) => !fold || fold.checked);
      return this.acts.slice(0, Math.max(seen, 0)).reduce((sum, { rows }) => sum + rows.length, 0);
    }

    tick() {
      const first = this.rows.findIndex((row) => row.matches(".sk-pkt"));
      const from = this.at || this.before;
      this.show(from ? from + 1 : Math.max(1, first), true); // begins with the call that leads to the first packet
      this.remember();
      this.timer = this.at === this.rows.length ? 0 : setTimeout(() => this.tick(), this.pause(this.rows[this.at - 1]));
      this.label();
    }

    begin() {
      if (this.timer) return;
      if (still.matches) this.at || this.by(1);
      else this.toggle();
    }

    toggle() {
      if (this.timer) return this.stop();
      playing();
      playing = () => this.stop();
      if (this.at === this.rows.length) this.show(0);
      this.tick();
    }

    stop() {
      clearTimeout(this.timer);
      this.timer = 0;
      this.label();
    }

    by(steps) {
      this.to((this.at || (steps > 0 && this.before)) + steps, true);
    }

    to(step, moves = false) {
      this.stop();
      this.show(step, moves);
      this.remember();
      this.label();
    }

    remember() {
      const address = this.at ? `#${this.rows[this.at - 1].id}` : location.pathname + location.search;
      history.replaceState(history.state, "", address);
    }

    follow() {
      const number = this.rows.findIndex((row) => row.id === decodeURIComponent(location.hash.slice(1)));
      if (number >= 0) {
        const question = asked;
        asked = null;
        this.stop();
        this.show(number + 1);
        this.rows[number].scrollIntoView({ block: question ? "center" : "nearest" });
        this.way.hidden = !question;
        if (question) this.way.href = `#${question}`;
        if (question && !still.matches) this.go(PACE.step * 3);
      } else if (location.hash && this.timer) this.stop(); // the reader went elsewhere, perhaps back to a question
      this.label();
    }

    // Goes on by itself, after a while.
    go(after) {
      playing();
      playing = () => this.stop();
      this.timer = setTimeout(() => this.tick(), after);
      this.label();
    }

    async worksheet() {
      this.stop();
      (await need("sheet.js", "sockSheet"))(this.run, this.rows, this.at || 3);
    }

    // -- what the reader does

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const played = event.key === " " && event.target === this.slider; // its arrows step already
      if (!played && event.target.closest("input, pre, .sk-envelope")) return;
      const by = { ArrowLeft: -1, ArrowRight: 1, Home: -1e9, End: 1e9 }[event.key];
      if (by) this.by(by);
      else if (event.key === " " && !event.target.closest("button, a, summary")) still.matches ? this.by(1) : this.toggle();
      else return;
      event.preventDefault();
    }

    click(event) {
      const row = event.target.closest(".sk-row");
      if (!row) return;
      if (event.target.closest(".sk-chip:enabled")) this.open(row);
      else this.to(this.rows.indexOf(row) + 1);
    }

    async open(row) {
      const number = this.rows.indexOf(row);
      this.to(number + 1);
      if (row.classList.contains("sk-is-open")) return this.shut(row);
      const shown = await openPacket(row, () => this.shut(row));
      this.tell(row, this.lines.filter((line) => line.classList.contains("sk-on")));
      this.join();
      shown.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
    }

    shut(row) {
      if (!row.classList.contains("sk-is-open")) return;
      shutPacket(row);
      if (row === this.rows[this.at - 1]) this.opener.textContent = `Open packet ${row.dataset.packet}`;
      this.join();
    }
  }

  // -- setting up

  const copy = (get) => {
    const file = get.querySelector("a[download$='.py']");
    if (!file || get.querySelector("button") || !navigator.clipboard) return;
    const says = get.parentElement.nextElementSibling?.querySelector(".sk-whole") ? "Copy all" : "Copy";
    const button = make("button", { type: "button", textContent: says });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(decodeURIComponent(file.href.slice(file.href.indexOf(",") + 1)));
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = says), 2000);
    });
    get.prepend(button);
  };

  // A few rows of a run, without the player: their packets open too.
  const part = (wire) => {
    enable(wire);
    wire.addEventListener("click", (event) => {
      const row = event.target.closest(".sk-chip")?.closest(".sk-row");
      if (row?.classList.contains("sk-is-open")) shutPacket(row);
      else if (row) openPacket(row, () => shutPacket(row));
    });
  };

  const setUp = (run) => {
    $$(".sk-get", run).forEach(copy);
    const place = run.querySelector(".sk-player");
    const wire = run.querySelector(".sk-wire");
    if (!wire?.querySelector(".sk-row")) return;
    if (!place) return part(wire);
    const fold = wire.closest("details.sk-later");
    if (!fold) return void new Player(run, wire, place);
    let player, byAddress;
    const led = () => location.hash.length > 1 && wire.querySelector(`#${CSS.escape(decodeURIComponent(location.hash.slice(1)))}`);
    const opened = () => {
      if (!fold.open) return player?.stop();
      player ??= new Player(run, wire, place);
      if (!byAddress) player.begin(); // who opens it wants to see it play
      byAddress = false;
    };
    fold.addEventListener("toggle", opened);
    const lead = () => led() && !fold.open && (fold.open = byAddress = true);
    addEventListener("hashchange", lead);
    lead();
  };
  $$(".sk-run", document).forEach(setUp);
  // a run that came when the page stood there already
  document.addEventListener("sk-added", (event) => $$(".sk-run", event.target).forEach(setUp));
  document.addEventListener("click", (event) => {
    const moment = event.target.closest?.("a.sk-moment");
    if (!moment?.hash || moment.pathname !== location.pathname) return;
    const question = moment.closest("[id]");
    if (!question || !document.querySelector(`.sk-row#${CSS.escape(decodeURIComponent(moment.hash.slice(1)))}`)) return;
    asked = question.id;
    history.replaceState(history.state, "", `#${question.id}`); // where Back leads to
  });
})();
