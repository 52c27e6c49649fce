// Sends a message on its way through the picture: at each stop the parts of it that decide there light up, then pale.
// Without this script it has arrived already.
"use strict";
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 1020px)"); // where the style sheet sets the stops one below the other
  const HOP = 800; // ms from stop to stop
  const LOOK = 700; // ms to look at what was read
  const EASE = "cubic-bezier(.5,.05,.3,1)";

  const setUp = (way) => {
    const inside = way.querySelector(".in");
    const mover = way.querySelector(".sk-mover");
    const stops = [...way.querySelectorAll(".sk-stops li")];
    const slips = [...mover.querySelectorAll(".sk-slip")];
    const parts = [...way.querySelectorAll(".sk-stops :is(.sk-slip, .sk-word)")];
    const asking = stops.filter((stop) => stop.querySelector(".sk-q"));
    const words = (stop) => [...stop.querySelectorAll(".sk-slip")].map(({ textContent }) => textContent);
    const names = [...new Set(asking.flatMap(words))]; // of the slips, in their order
    let round = 0;
    let leads = false; // whether the window goes along with it; a reader who scrolls has it back

    const button = document.createElement("button");
    button.type = "button";
    button.className = "sk-again";
    inside.prepend(button);

    // It stands on the line: before the sign, and where the line runs down, below it.
    const centre = (stop) => {
      const box = inside.getBoundingClientRect();
      const place = stop.querySelector(".sk-spot");
      const spot = place.getBoundingClientRect();
      const sign = (place.querySelector(":not(.sk-other)") ?? place).getBoundingClientRect();
      const [x, y] = narrow.matches
        ? [spot.left + spot.width / 2, (stop === stops.at(-1) ? spot.top : sign.bottom + 10) + mover.offsetHeight / 2]
        : [Math.max(sign.left - 8 - mover.offsetWidth / 2, box.left + mover.offsetWidth / 2), spot.top + spot.height / 2];
      return `translate(${x - box.left}px, ${y - box.top}px) translate(-50%, -50%)`;
    };
    const follow = () => {
      const { top, bottom } = mover.getBoundingClientRect();
      if (!leads || (top > 64 && bottom < innerHeight - 24)) return;
      scrollBy({ top: (top + bottom - innerHeight) / 2, behavior: still.matches ? "instant" : "smooth" });
    };
    const wait = (time) => new Promise((resolve) => setTimeout(resolve, still.matches ? LOOK : time));
    const arrived = () => {
      round += 1;
      way.classList.remove("sk-moving");
      parts.forEach((part) => part.classList.remove("sk-not-read"));
      button.textContent = "Send it again";
    };
    const send = async () => {
      const mine = (round += 1);
      leads = true;
      way.classList.add("sk-moving");
      button.textContent = "Stop";
      parts.forEach((part) => part.classList.add("sk-not-read"));
      slips.forEach((slip) => slip.classList.remove("sk-reads", "sk-read-already"));
      let from = "";
      for (const stop of stops) {
        const to = centre(stop);
        mover.style.transform = to;
        follow();
        if (from && !still.matches)
          await mover.animate([{ transform: from }, { transform: to }], { duration: HOP, easing: EASE }).finished;
        await wait(LOOK);
        if (mine !== round) return;
        const read = asking.includes(stop) ? words(stop) : [];
        slips.forEach((slip, at) => {
          if (slip.classList.contains("sk-reads")) slip.classList.add("sk-read-already");
          slip.classList.toggle("sk-reads", read.includes(names[at]));
        });
        stop.querySelectorAll(":is(.sk-slip, .sk-word)").forEach((part) => part.classList.remove("sk-not-read"));
        if (stop === stops.at(-1)) break; // the word has left the packet
        await wait(LOOK);
        if (mine !== round) return;
        from = to;
      }
      arrived();
    };

    for (const type of ["wheel", "touchmove", "keydown"])
      addEventListener(type, () => (leads = false), { passive: true });
    button.addEventListener("click", () => (way.classList.contains("sk-moving") ? arrived() : send()));
    button.textContent = "Send hello";
  };

  document.querySelectorAll(".sk-journey").forEach(setUp);
})();
