// Text and what it stands on, as WCAG 2.2 (1.4.3) judges it. Run inside the page; defines `contrast`.
// axe knows no fill of a drawing, takes part of a second for a page, and says nothing where it cannot know.
"use strict";
globalThis.contrast = (() => {
  const CLEAR = "rgba(0, 0, 0, 0)";
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();

  // Return a CSS colour as [red, green, blue, alpha], alpha from 0 to 1.
  const colour = (css) => {
    if (!known.has(css)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = css;
      pen.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
      known.set(css, [red, green, blue, alpha / 255]);
    }
    return known.get(css);
  };
  const over = ([r, g, b, alpha], under, by = 1) =>
    [r, g, b].map((channel, at) => under[at] + (channel - under[at]) * alpha * by).concat(1);

  const luminance = (rgb) => {
    const [red, green, blue] = rgb.slice(0, 3)
      .map((channel) => channel / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const between = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  // A ground is a colour that text may stand on, and the opacities, each with what shines through, that fade both.
  const seen = ({ paint, fades }) => fades.reduceRight((top, { opacity, behind }) => over(top, behind, opacity), paint);
  const laid = (ground, css, opacity = 1) => ({ ...ground, paint: over(colour(css), ground.paint, opacity) });
  const fade = (ground, style) =>
    style.opacity === "1" ? ground : { ...ground, fades: [...ground.fades, { opacity: +style.opacity, behind: ground.paint }] };
  const COLOURS = /(?:rgba?|color|oklch|oklab|lab|lch)\([^()]*\)(?! [0-2]px)/g; // a line so thin is no ground
  const dressed = (grounds, style) => {
    let all = grounds.map((ground) => fade(ground, style));
    if (style.backgroundColor !== CLEAR) all = all.map((ground) => laid(ground, style.backgroundColor));
    // Text may stand on any colour of a gradient.
    const image = style.backgroundImage;
    const stops = image === "none" || style.backgroundSize.startsWith("2px ") ? [] : image.match(COLOURS) ?? [];
    return stops.length ? all.flatMap((ground) => stops.map((stop) => laid(ground, stop))) : all;
  };

  const words = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const shown = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1;
  };
  const describe = (element, text) => {
    const kind = element.getAttribute("class")?.split(" ")[0];
    return `<${element.localName}${kind ? `.${kind}` : ""}> "${text.trim().replace(/\s+/g, " ").slice(0, 40)}"`;
  };

  // What lies below a word of a drawing: every shape painted before it that holds its middle, or one of its ends.
  const SHAPES = "rect, circle, ellipse, path, polygon, polyline";
  const shapesOf = (svg) =>
    [...svg.querySelectorAll(SHAPES)]
      .filter((shape) => !shape.closest("defs, clipPath, mask, marker, symbol") && shape.checkVisibility({ visibilityProperty: true }))
      .map((shape) => ({ shape, style: getComputedStyle(shape), box: shape.getBoundingClientRect() }))
      .filter(({ style }) => style.fill !== "none");
  const opacityIn = (svg, element) => {
    let all = 1;
    for (let one = element; one && one !== svg; one = one.parentElement) all *= getComputedStyle(one).opacity;
    return all;
  };
  const below = (text, svg, shapes, grounds) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const inset = Math.min(2, (right - left) / 4);
    const points = [left + inset, (left + right) / 2, right - inset].map((x) => new DOMPoint(x, (top + bottom) / 2));
    const holding = (point) => shapes.filter(({ shape, box }) =>
      box.left <= point.x && point.x <= box.right && box.top <= point.y && point.y <= box.bottom &&
      shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING &&
      shape.isPointInFill(point.matrixTransform(shape.getScreenCTM().inverse())));
    return points.flatMap((point) => grounds.map((ground) => holding(point).reduce(
      (under, { shape, style }) => laid(under, style.fill, style.fillOpacity * opacityIn(svg, shape)), ground)));
  };

  const WRITTEN = "input:not([type=radio], [type=checkbox], [type=range], [type=color]), textarea, select";
  const PSEUDO = ["::before", "::after"];

  // Find what holds text, in the order of the page. What is not rendered is passed over with all that it holds.
  const texts = (element, found) => {
    // What is folded is asked nothing else: an answer about its style would lay all of it out.
    if (element.matches("details > :not(summary)") && !element.checkVisibility()) return found;
    const style = getComputedStyle(element);
    if (style.display === "none") return found;
    const svg = element.ownerSVGElement && element.closest("svg");
    const pseudo = svg ? [] : PSEUDO.filter((name) => /[^"\s]/.test(getComputedStyle(element, name).content.match(/^".*"/)?.[0] ?? ""));
    const own = words(element)[0]?.data ?? "";
    const hint = element.matches(WRITTEN) && !element.value ? element.placeholder : "";
    const value = element.matches(WRITTEN) ? element.value : "";
    if ((own || pseudo.length || hint || value) && !element.disabled && shown(element))
      found.push({ element, style, svg, pseudo: pseudo.map((name) => getComputedStyle(element, name)), own: own || value, hint });
    const dressed = new Set(); // the words of a line of code have one style for each class
    for (const child of element.children) {
      if (element.localName === "code" && child.localName === "span" && !child.firstElementChild && !child.id) {
        if (dressed.has(child.className)) continue;
        dressed.add(child.className);
      }
      texts(child, found);
    }
    return found;
  };

  const judge = (found) => {
    const stands = new Map([[null, [{ paint: [255, 255, 255, 1], fades: [] }]]]);
    const under = (element) => {
      if (!stands.has(element)) {
        const below = under(element.parentElement);
        stands.set(element, element.ownerSVGElement ? below : dressed(below, getComputedStyle(element)));
      }
      return stands.get(element);
    };
    const shapes = new Map();
    const judged = new Map();
    const look = (element, text, css, style, grounds, by = 1) => {
      const size = parseFloat(style.fontSize);
      const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
      for (const ground of grounds) {
        const name = [css, by, JSON.stringify(ground), least].join();
        if (judged.has(name)) continue;
        const ratio = between(seen({ ...ground, paint: over(colour(css), ground.paint, by) }), seen(ground));
        judged.set(name, ratio < least && `contrast ${ratio.toFixed(2)}, less than ${least}: ${describe(element, text)}`);
      }
    };
    for (const { element, style, svg, pseudo, own, hint } of found) {
      const grounds = under(element);
      if (svg) {
        if (!shapes.has(svg)) shapes.set(svg, shapesOf(svg));
        look(element, own, style.fill, style, below(element, svg, shapes.get(svg), grounds), style.fillOpacity * opacityIn(svg, element));
        continue;
      }
      if (own) look(element, own, style.color, style, grounds);
      for (const one of pseudo) look(element, one.content, one.color, one, dressed(grounds, one));
      if (hint) look(element, hint, getComputedStyle(element, "::placeholder").color, style, grounds);
    }
    return [...judged.values()].filter(Boolean);
  };

  return {
    // Return how far apart two CSS colours are, from 1 to 21.
    ratio: (one, other) => between(colour(one), colour(other)),

    // Say, once for each look, which text is too pale in either scheme of colours. Each change of scheme works out every
    // style anew, so the one that the page is in comes first, and what asks for styles next finds it in that one again.
    pale() {
      const found = texts(document.body, []);
      const { dataset } = document.documentElement;
      const set = dataset.scheme ?? "";
      const inDark = set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      const said = (scheme) => judge(found).map((complaint) => `${scheme}: ${complaint}`);
      const [first, second] = inDark ? ["dark", "light"] : ["light", "dark"];
      const complaints = said(first);
      dataset.scheme = second;
      complaints.push(...said(second));
      dataset.scheme = set;
      return complaints;
    },
  };
})();
