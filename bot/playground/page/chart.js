// A data_visualization block as inline SVG, with its numbers in words for who cannot see it.

import { h, svg } from "./dom.js";

const HEIGHT = 250, LEFT = 58, RIGHT = 14, TOP = 14, BOTTOM = 46;
const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

export function chart(block) {
  const { title, chart: drawn } = block;
  const picture = drawn.type === "pie" ? pie(drawn) : axes(drawn);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `${title}. ${words(drawn)}`);
  return h("figure", { class: "chart" }, h("figcaption", {}, title), picture, legend(drawn));
}

function words(drawn) {
  if (drawn.type === "pie") return drawn.segments.map((s) => `${s.label}: ${number(s.value)}`).join("; ");
  return drawn.series
    .map((s) => `${s.name}: ${s.data.map((p) => `${p.label} ${number(p.value)}`).join(", ")}`)
    .join("; ");
}

function legend(drawn) {
  const whole = drawn.type === "pie" ? drawn.segments.reduce((sum, s) => sum + s.value, 0) : 0;
  const names = whole
    ? drawn.segments.map((s) => `${s.label} ${number((100 * s.value) / whole)} %`)
    : drawn.series.map((s) => s.name);
  if (names.length < 2) return "";
  return h("ul", { class: "legend" }, names.map((name, n) => h("li", {}, h("span", { class: `swatch c${n % 6}` }), name)));
}

function steps(low, high) {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const ticks = [];
  for (let at = Math.floor(low / step) * step; at < high + step; at += step) ticks.push(Number(at.toPrecision(12)));
  return ticks;
}

const short = (value) => {
  const size = Math.abs(value);
  if (size >= 1e9) return `${number(value / 1e9)}bn`;
  if (size >= 1e6) return `${number(value / 1e6)}m`;
  if (size >= 1e4) return `${number(value / 1e3)}k`;
  return number(value);
};

function axes(drawn) {
  const WIDTH = Math.max(300, Math.min(560, window.innerWidth - 110));
  const { categories, x_label: xLabel, y_label: yLabel } = drawn.axis_config;
  const values = drawn.series.flatMap((s) => s.data.map((p) => p.value));
  const ticks = steps(Math.min(0, ...values), Math.max(0, ...values));
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low || 1));
  const slot = (WIDTH - LEFT - RIGHT) / categories.length;
  const x = (at) => LEFT + slot * (at + 0.5);
  const root = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plot" });
  for (const tick of ticks) {
    root.append(
      svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick), class: tick ? "grid" : "axis" }),
      svg("text", { x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end" }, short(tick)),
    );
  }
  const every = Math.ceil((Math.max(...categories.map((c) => c.length)) * 6.2 + 8) / slot);
  categories.forEach((name, at) => {
    if (at % every === 0) root.append(svg("text", { x: x(at), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }, name));
  });
  if (yLabel) root.append(svg("text", { x: 12, y: TOP + 88, class: "label", transform: `rotate(-90 12 ${TOP + 88})`, "text-anchor": "middle" }, yLabel));
  if (xLabel) root.append(svg("text", { x: (WIDTH + LEFT) / 2, y: HEIGHT - 6, class: "label", "text-anchor": "middle" }, xLabel));
  drawn.series.forEach((series, n) => {
    const points = categories.map((name, at) => [x(at), y(series.data.find((p) => p.label === name).value), name]);
    const draw = drawn.type === "bar" ? bars : curve;
    root.append(...draw(points, { n, count: drawn.series.length, slot, base: y(0), area: drawn.type === "area", series }));
  });
  return root;
}

function bars(points, { n, count, slot, base, series }) {
  const width = Math.min(46, (slot * 0.72) / count);
  return points.map(([at, top, name]) =>
    svg(
      "rect",
      { x: at - (width * count) / 2 + width * n, width: Math.max(1, width - 2), y: Math.min(top, base), height: Math.max(1, Math.abs(base - top)), rx: 2, class: `fill c${n % 6}` },
      tip(series, name),
    ),
  );
}

function curve(points, { n, base, area, series }) {
  const path = points.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`).join("");
  const nodes = [];
  if (area) nodes.push(svg("path", { d: `${path}L${points.at(-1)[0]},${base}L${points[0][0]},${base}Z`, class: `area c${n % 6}` }));
  nodes.push(svg("path", { d: path, class: `stroke c${n % 6}` }));
  nodes.push(...points.map(([x, y, name]) => svg("circle", { cx: x, cy: y, r: 3.5, class: `fill c${n % 6}` }, tip(series, name))));
  return nodes;
}

function tip(series, name) {
  const value = series.data.find((p) => p.label === name).value;
  return svg("title", {}, `${series.name}, ${name}: ${number(value)}`);
}

function pie(drawn) {
  const whole = drawn.segments.reduce((sum, s) => sum + s.value, 0);
  const root = svg("svg", { viewBox: "170 6 220 208", class: "plot pie" });
  let from = -Math.PI / 2;
  drawn.segments.forEach((segment, n) => {
    const to = from + (segment.value / whole) * 2 * Math.PI;
    const at = (angle, r) => [280 + r * Math.cos(angle), 110 + r * Math.sin(angle)];
    const [a, b] = [at(from, 96), at(Math.min(to, from + 2 * Math.PI - 1e-4), 96)];
    const large = to - from > Math.PI ? 1 : 0;
    const share = `${number((100 * segment.value) / whole)} %`;
    root.append(
      svg("path", { d: `M280,110L${a}A96,96 0 ${large} 1 ${b}Z`, class: `fill slice c${n % 6}` },
        svg("title", {}, `${segment.label}: ${number(segment.value)} (${share})`)),
    );
    from = to;
  });
  return root;
}
