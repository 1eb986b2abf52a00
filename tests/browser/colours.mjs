// Colours as eyes see them.

/** Runs in the page: the contrast (WCAG 2) of all text that is seen with what lies behind it. */
export function contrasts() {
  const parse = (colour) => {
    const found = colour.match(/rgba?\(([^)]+)\)/)?.[1].split(/[\s,/]+/).filter(Boolean).map(Number);
    return found && { rgb: found.slice(0, 3), alpha: found[3] ?? 1 };
  };
  const over = (top, ground) => top.rgb.map((c, n) => c * top.alpha + ground[n] * (1 - top.alpha));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  /** All grounds that a text may stand on: a gradient has several. */
  const grounds = (element) => {
    if (!element) return [[255, 255, 255]];
    const style = getComputedStyle(element);
    const below = grounds(element.parentElement);
    const steps = style.backgroundImage.match(/rgba?\([^)]+\)/g);
    const own = (steps ?? [style.backgroundColor]).map(parse);
    return own.flatMap((colour) => below.map((ground) => over(colour, ground)));
  };
  const results = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(".hidden, title, style") || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const drawn = element.closest("svg") !== null;
    const colour = parse(drawn ? style.fill : style.color);
    let opacity = 1;
    for (let e = element; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
    const worst = Math.min(...grounds(element).map((ground) => ratio(over({ ...colour, alpha: colour.alpha * opacity }, ground), ground)));
    results.push({ text: node.data.trim().slice(0, 40), ratio: worst });
  }
  return results;
}

// Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency",
// at full severity, on linear RGB.
const EYES = {
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const times = (matrix, v) => matrix.map((row) => row.reduce((sum, m, n) => sum + m * v[n], 0));

/** A colour, as the style sheet computes it, for eyes without one kind of cone, as linear RGB. */
export function simulated(colour, eyes) {
  const rgb = colour.match(/[\d.]+/g).slice(0, 3).map((c) => Number(c) / 255);
  const linear = rgb.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return times(EYES[eyes], linear).map((c) => Math.min(1, Math.max(0, c)));
}

/** How far two colours of linear RGB lie apart: ΔE of CIE 1976. */
export function distance(a, b) {
  const lab = (rgb) => {
    const xyz = times([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], rgb);
    const [x, y, z] = [xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089].map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [one, other] = [lab(a), lab(b)];
  return Math.hypot(...one.map((c, n) => c - other[n]));
}
