// Makes the pages of every command that writes HTML and reads them in Chromium as a person would: on a phone and on a
// desk, light and dark, by keyboard, by screen reader and on paper.
//
//     npm ci && DEMARCHE=../../target/release/demarche node pages.mjs [--shots FOLDER]
//
// CHROMIUM names the browser where it is not /usr/bin/chromium. With --shots, pictures of the pages stay in that folder.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { contrasts, simulated, distance } from "./colours.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const demarche = process.env.DEMARCHE ?? join(root, "target/release/demarche");
const own = join(here, "articles.jsonl");
const example = join(root, "examples");
const folder = mkdtempSync(join(tmpdir(), "demarche-pages-"));
const shots = process.argv.includes("--shots") ? process.argv[process.argv.indexOf("--shots") + 1] : null;

const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const SCHEMES = ["light", "dark"];

let passed = 0;
const failures = [];

/** Notes whether something holds, and what was seen where it does not. */
function check(name, holds, seen = "") {
  if (holds) {
    passed += 1;
  } else {
    failures.push(name);
    console.log(`FAILED ${name}${seen === "" ? "" : `: ${typeof seen === "string" ? seen : JSON.stringify(seen)}`}`);
  }
}

function run(...args) {
  return execFileSync(demarche, args, { encoding: "utf8", maxBuffer: 1 << 26 });
}

/** Words without regard to the white space between them. */
const words = (text) => text.split(/\s+/).filter(Boolean).join(" ");

const questions = {
  article: ["classify", example],
  classify: ["classify", example, own],
  compare: ["compare", own],
  months: ["compare", own, "--by", "month", "--party", "PER,BOL", "--toward", "CHL"],
  timeline: ["timeline", own, "--party", "PER,BOL"],
  weeks: ["timeline", own, "--between", "PER,CHL", "--by", "week", "--evidence", "2"],
  matrix: ["matrix", own, example],
};

const pages = Object.entries(questions).map(([name, args]) => {
  const file = join(folder, `${name}.html`);
  run(...args, "--format", "html", "--output", file);
  return { name, file, url: pathToFileURL(file).href, compared: !["article", "classify"].includes(name) };
});

/** The articles as they were given, and the statements found in them, by the program's other output. */
const texts = [readFileSync(join(example, "fisheries-talks.txt"), "utf8")].concat(
  readFileSync(own, "utf8").trim().split("\n").map((line) => JSON.parse(line).text),
);
const found = new Set(
  run("classify", example, own, "--format", "jsonl").trim().split("\n").flatMap((line) => JSON.parse(line).statements.map((s) => words(s.text))),
);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** Opens a page, and notes what it asks of the network and complains of. */
async function open(page, size, scheme) {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: scheme, hasTouch: size === "phone", offline: true });
  const tab = await context.newPage();
  const asked = [];
  const said = [];
  tab.on("request", (request) => asked.push(request.url()));
  tab.on("console", (message) => said.push(message.text()));
  tab.on("pageerror", (error) => said.push(String(error)));
  await tab.goto(page.url);
  return { context, tab, asked, said };
}

/** What must hold however the page is looked at. */
async function looks(page, size, scheme) {
  const as = `${page.name}, ${size}, ${scheme}`;
  const { context, tab, asked, said } = await open(page, size, scheme);
  if (shots) {
    mkdirSync(shots, { recursive: true });
    const height = Math.min(await tab.evaluate(() => document.documentElement.scrollHeight), 3000);
    await tab.screenshot({ path: join(shots, `${page.name}-${size}-${scheme}.png`), fullPage: true, clip: { x: 0, y: 0, width: SIZES[size].width, height } });
  }

  const overflow = () => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`${as}: nothing runs off the side`, (await overflow()) <= 0, await overflow());
  await tab.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  check(`${as}: nothing runs off the side when all is open`, (await overflow()) <= 0, await overflow());
  const cut = await tab.evaluate(() => {
    const beyond = (e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
    return [...document.querySelectorAll("main *, header *")].filter((e) => beyond(e) && !e.closest(".scroll, .hidden")).slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
  });
  check(`${as}: nothing is cut off`, cut.length === 0, cut);

  const pale = (await tab.evaluate(contrasts)).filter((t) => t.ratio < 4.5);
  check(`${as}: text stands out from its ground by 4.5 or more`, pale.length === 0, pale.slice(0, 3));
  const small = await tab.evaluate(() => {
    const sizes = [...document.querySelectorAll("main *, header *")].filter((e) => !e.closest("svg, .hidden, option") && e.checkVisibility());
    return sizes.filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 11.5).slice(0, 3).map((e) => e.outerHTML.slice(0, 100));
  });
  check(`${as}: no letters are too small to read`, small.length === 0, small);
  const letters = await tab.evaluate(() => [...document.querySelectorAll("svg text")].filter((t) => t.checkVisibility() && t.getBoundingClientRect().height < 11).map((t) => t.textContent).slice(0, 3));
  check(`${as}: no letters of a chart are too small to read`, letters.length === 0, letters);
  const crossing = await tab.evaluate(() => {
    const texts = [...document.querySelectorAll("svg.chart")].filter((s) => s.checkVisibility()).map((s) => [...s.querySelectorAll("text")].map((t) => [t.textContent, t.getBoundingClientRect()]));
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
    return texts.flatMap((all) => all.flatMap(([t, a], n) => all.slice(n + 1).filter(([, b]) => meet(a, b)).map(([u]) => `${t} / ${u}`)));
  });
  check(`${as}: labels of a chart do not run into each other`, crossing.length === 0, crossing);

  await heard(as, tab, context);
  await told(as, page, tab);

  check(`${as}: asks nothing of the network`, asked.every((url) => url === page.url), asked);
  check(`${as}: nothing is complained of`, said.length === 0, said);
  await context.close();
}

/** What a screen reader has to say of the page. */
async function heard(as, tab, context) {
  const session = await context.newCDPSession(tab);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const kept = nodes.filter((node) => !node.ignored);
  const named = (roles) => kept.filter((node) => roles.includes(node.role?.value));
  const bare = named(["image", "img", "figure", "table", "region", "navigation", "group", "link", "radio"])
    .filter((node) => !(node.name?.value ?? "").trim())
    // A disclosure is named by its summary, which is a node of its own.
    .filter((node) => node.role.value !== "group");
  check(`${as}: all that is drawn or clicked has a name`, bare.length === 0, bare.slice(0, 3).map((n) => n.role.value));
  const shape = await tab.evaluate(() => ({
    tables: document.querySelectorAll("table").length,
    rows: document.querySelectorAll("table tr").length,
    // Some browsers forget what a table is when it is laid out otherwise, unless its roles are said.
    bare: document.querySelectorAll("table.figures:not([role]), .figures tr:not([role]), .figures td:not([role]), .figures th:not([role])").length,
    heads: [...document.querySelectorAll("h1, h2, h3")].map((h) => Number(h.tagName[1])),
    svgs: [...document.querySelectorAll("svg")].filter((s) => !(s.getAttribute("role") === "img" && s.getAttribute("aria-label")?.trim())).length,
    figures: [...document.querySelectorAll("figure")].filter((f) => !f.getAttribute("aria-label")?.trim()).length,
    language: document.documentElement.lang,
    title: document.title,
  }));
  check(`${as}: every drawing and figure is labelled`, shape.svgs === 0 && shape.figures === 0, shape);
  check(`${as}: tables are tables in any layout`, named(["table"]).length === shape.tables && named(["row"]).length === shape.rows && shape.bare === 0, [shape.bare, named(["table"]).length, shape.tables, named(["row"]).length, shape.rows]);
  const order = shape.heads.filter((level) => level === 1).length === 1 && shape.heads.every((level, n) => n === 0 || level <= shape.heads[n - 1] + 1);
  check(`${as}: headings are in order`, shape.heads[0] === 1 && order, shape.heads.join(" "));
  check(`${as}: language and title are said`, shape.language === "en" && shape.title.length > 5);
}

/** What differs in colour differs for eyes that tell fewer colours apart, or in form. */
async function told(as, page, tab) {
  const colours = await tab.evaluate(() => {
    const of = (selector, property) => {
      const e = document.querySelector(selector);
      return e && getComputedStyle(e)[property];
    };
    return {
      bars: [of("rect.cooperative", "fill"), of("rect.opposed", "fill")],
      tags: [of(".tag.cooperative", "backgroundColor"), of(".tag.opposed", "backgroundColor")],
      strong: [of(".shades .cooperative-2", "backgroundColor"), of(".shades .opposed-2", "backgroundColor")],
      weak: [of(".shades .cooperative-1", "backgroundColor"), of(".shades .opposed-1", "backgroundColor")],
      lines: ["cooperative", "opposed", "neutral"].map((stance) => of(`mark.${stance}`, "textDecorationStyle")),
      ground: of("body", "backgroundColor"),
    };
  });
  for (const what of ["bars", "tags", "strong", "weak"]) {
    const [yes, no] = colours[what];
    if (!yes || !no) continue;
    for (const eyes of ["protanopia", "deuteranopia", "tritanopia"]) {
      const apart = distance(simulated(yes, eyes), simulated(no, eyes));
      check(`${as}: ${what} differ under ${eyes}`, apart >= 15, apart.toFixed(1));
    }
  }
  check(`${as}: marks differ in their lines too`, new Set(colours.lines).size === 3, colours.lines);
}

/** A person opens what is behind a figure, and follows a statement to its place. */
async function clicks(page, size) {
  const as = `${page.name}, ${size}`;
  const { context, tab } = await open(page, size, "light");
  const behind = tab.locator("details.behind");
  check(`${as}: figures have statements behind them`, (await behind.count()) > 0);
  const first = behind.first();
  const list = first.locator("ul.statements");
  check(`${as}: statements are closed at first`, !(await list.isVisible()));
  await first.locator("summary").click();
  check(`${as}: a click opens them`, await list.isVisible());

  for (const n of new Set([0, (await list.locator("li").count()) - 1])) {
    await first.scrollIntoViewIfNeeded();
    const said = words(await list.locator("li").nth(n).locator(".said").innerText());
    await list.locator("li").nth(n).locator("a.place").click();
    const place = await tab.evaluate(() => {
      const target = document.querySelector(":target");
      const mark = target?.querySelector("mark");
      if (!mark) return null;
      const box = mark.getBoundingClientRect();
      return { text: mark.textContent, seen: box.top >= 0 && box.top < innerHeight && box.bottom > 0, ring: getComputedStyle(mark).outlineStyle, within: Boolean(target.closest("article .text")) };
    });
    check(`${as}: a statement's link leads to its own sentence`, place !== null && words(place.text) === said, { said, place });
    check(`${as}: the sentence is in view and ringed, in its article`, place?.seen && place.ring === "solid" && place.within, place);
    check(`${as}: the program found that sentence`, found.has(said), said);
    await tab.goBack();
    check(`${as}: going back leads to the open list`, await list.isVisible());
  }

  // By keyboard alone.
  const second = behind.nth((await behind.count()) - 1);
  const hiddenIn = await second.evaluate((d) => { const outer = d.parentElement.closest("details"); if (outer) outer.open = true; return Boolean(outer); });
  await second.locator("summary").focus();
  const ring = await second.locator("summary").evaluate((s) => s.matches(":focus"));
  await tab.keyboard.press("Enter");
  check(`${as}: a key opens them too`, ring && (await second.locator("ul.statements").isVisible()), { hiddenIn });
  await tab.keyboard.press("Tab");
  check(`${as}: the next stop of the keyboard is a statement's link`, await tab.evaluate(() => document.activeElement.matches("a.place") && getComputedStyle(document.activeElement).outlineStyle === "solid"));
  await tab.keyboard.press("Enter");
  check(`${as}: and a key follows it`, await tab.evaluate(() => document.querySelector(":target mark") !== null));
  await context.close();
}

/** Every link, not only those clicked; and that articles lose nothing by being marked. */
async function whole(page) {
  const as = page.name;
  const { context, tab } = await open(page, "desk", "light");
  const found_ = await tab.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    const links = [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href"));
    const wrong = [...document.querySelectorAll("ul.statements li")].filter((li) => {
      const mark = document.getElementById(li.querySelector("a.place").getAttribute("href").slice(1))?.querySelector("mark");
      const plain = (e) => e?.textContent.split(/\s+/).filter(Boolean).join(" ");
      return !mark || plain(mark) !== plain(li.querySelector(".said"));
    });
    const texts = [...document.querySelectorAll(".text")].map((text) => {
      const copy = text.cloneNode(true);
      copy.querySelectorAll(".tag").forEach((tag) => tag.remove());
      return copy.textContent;
    });
    return { twice: ids.filter((id, n) => ids.indexOf(id) !== n), nowhere: links.filter((l) => !l.startsWith("#") || !ids.includes(l.slice(1))), wrong: wrong.length, statements: document.querySelectorAll("ul.statements li").length, texts };
  });
  check(`${as}: no place has the name of another`, found_.twice.length === 0, found_.twice.slice(0, 3));
  check(`${as}: every link leads somewhere in the page`, found_.nowhere.length === 0, found_.nowhere.slice(0, 3));
  check(`${as}: every statement's link leads to its sentence`, found_.wrong === 0 && found_.statements > 0, [found_.wrong, found_.statements]);
  const given = new Set(texts.map(words));
  const changed = found_.texts.filter((text) => !given.has(words(text)));
  check(`${as}: articles stand as they were given`, changed.length === 0 && found_.texts.length > 0, changed[0]?.slice(0, 200));
  const source = readFileSync(page.file, "utf8");
  check(`${as}: one file, without scripts, that names nothing outside`, !/<script|<link|<img|<iframe|@import|url\(|https?:\/\//i.test(source));
  await context.close();
}

/** On paper: readable though the screen is dark, with as much as is asked for. */
async function paper(page) {
  const as = `${page.name}, paper`;
  const { context, tab } = await open(page, "desk", "dark");
  await tab.setViewportSize({ width: 688, height: 1000 });
  await tab.emulateMedia({ media: "print", colorScheme: "dark" });
  const state = () =>
    tab.evaluate(() => ({
      ground: getComputedStyle(document.body).backgroundColor,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      statements: [...document.querySelectorAll("ul.statements")].map((ul) => [...ul.children].filter((li) => li.getBoundingClientRect().height > 0).length),
      articles: [...document.querySelectorAll("article .text")].filter((t) => t.getBoundingClientRect().height > 0).length,
      controls: [...document.querySelectorAll("nav, fieldset, summary")].filter((e) => e.getBoundingClientRect().height > 0).length,
    }));
  const few = await state();
  check(`${as}: is white`, few.ground === "rgb(255, 255, 255)", few.ground);
  check(`${as}: nothing runs off the side`, few.overflow <= 0, few.overflow);
  check(`${as}: has no buttons`, few.controls === 0, few.controls);
  const pale = (await tab.evaluate(contrasts)).filter((t) => t.ratio < 4.5);
  check(`${as}: text stands out from its ground by 4.5 or more`, pale.length === 0, pale.slice(0, 3));
  if (page.compared) {
    check(`${as}: up to three statements under each figure`, few.statements.some((n) => n > 0) && few.statements.every((n) => n <= 3), few.statements);
    check(`${as}: articles stay on the screen`, few.articles === 0, few.articles);
    const with_ = async (id) => {
      await tab.emulateMedia({ media: "screen" });
      await tab.check(`#paper-${id}`);
      await tab.emulateMedia({ media: "print" });
      return state();
    };
    const none = await with_("figures");
    check(`${as}: figures only, where that is asked for`, none.statements.every((n) => n === 0) && none.articles === 0, none);
    const all = await with_("whole");
    const count = (s) => s.statements.reduce((a, b) => a + b, 0);
    check(`${as}: all of it, where that is asked for`, count(all) >= count(few) && all.articles > 0, all);
  } else {
    check(`${as}: articles are there`, few.articles > 0);
  }
  await tab.emulateMedia({ media: null });
  const file = join(shots ?? folder, `${page.name}.pdf`);
  await tab.pdf({ path: file, format: "A4", preferCSSPageSize: true });
  check(`${as}: prints`, readFileSync(file).subarray(0, 5).toString() === "%PDF-" && statSync(file).size > 10_000);
  await context.close();
}

/** What each kind of page is for. */
async function particulars() {
  const at = (name) => pages.find((page) => page.name === name);
  {
    const { context, tab } = await open(at("timeline"), "desk", "light");
    const chart = tab.locator("#series-0 svg.chart.wide");
    check("timeline: the turn is marked", (await chart.locator("line.change").count()) > 0);
    const day = (await chart.locator("text.change").first().textContent()) ?? "";
    check("timeline: on the day when the articles turn", /^2001-0(2-2|3-0)\d$/.test(day), day);
    check("timeline: the chart says so in words", ((await chart.getAttribute("aria-label")) ?? "").includes(day));
    check("timeline: the summary says so first", (await tab.locator("#summary").innerText()).includes(day));
    check("timeline: the articles that drove it are named", (await tab.locator("#series-0 .changes ol > li").count()) > 0);
    await chart.locator("a").nth(1).click();
    const row = await tab.evaluate(() => { const t = document.querySelector(":target"); return { tag: t?.tagName, top: t?.getBoundingClientRect().top, high: innerHeight }; });
    check("timeline: a point leads to its period", row.tag === "TR" && row.top >= 0 && row.top < row.high, row);
    await context.close();
  }
  {
    const { context, tab } = await open(at("matrix"), "desk", "light");
    const cell = tab.locator("table.heat td a").first();
    const value = words(await cell.innerText()).split(/[* ]/)[0];
    await cell.click();
    const row = await tab.evaluate(() => document.querySelector("tr:target")?.innerText);
    check("matrix: a cell leads to the row of its pair", row?.includes(value), { value, row });
    await context.close();
    const phone = await open(at("matrix"), "phone", "light");
    const scroll = phone.tab.locator(".scroll").first();
    await scroll.evaluate((s) => (s.scrollLeft = s.scrollWidth));
    const stays = await phone.tab.evaluate(() => document.querySelector("table.heat tbody th").getBoundingClientRect().left >= 0);
    check("matrix, phone: names of rows stay while the columns scroll", stays);
    await phone.context.close();
  }
  {
    const { context, tab } = await open(at("compare"), "desk", "light");
    const bars = await tab.evaluate(() => [...document.querySelectorAll("table.figures:not(.differences) tbody tr:not(.more)")].map((row) => {
      const [zero, rect, interval] = ["line.zero", "rect", "line.interval"].map((s) => row.querySelector(`svg.bar ${s}`)?.getBoundingClientRect());
      const net = Number(row.querySelector(".net .value").textContent.replace("−", "-"));
      return { net, right: rect.right - zero.left, left: zero.left - rect.left, low: interval.left, high: interval.right, end: net < 0 ? rect.left : rect.right };
    }));
    check("compare: bars point to their side", bars.length > 1 && bars.every((b) => (b.net > 0 ? b.right > 1 && b.left < 2 : b.net < 0 ? b.left > 1 && b.right < 2 : true)), bars);
    check("compare: the interval holds the end of its bar", bars.every((b) => b.low <= b.end + 1 && b.high >= b.end - 1), bars);
    await context.close();
  }
  {
    const [silent, file] = [join(folder, "silent.txt"), join(folder, "nothing.html")];
    writeFileSync(silent, "The fair was well attended.\n");
    for (const command of ["classify", "compare", "timeline", "matrix"]) {
      run(command, silent, "--format", "html", "--output", file);
      const { context, tab } = await open({ url: pathToFileURL(file).href }, "phone", "light");
      check(`${command}: a page without statements says so`, /No statements/.test(await tab.locator("main").innerText()));
      await context.close();
    }
  }
  {
    const { context, tab } = await open(at("classify"), "phone", "dark");
    const entry = tab.locator("ol.contents a").last();
    const title = await entry.innerText();
    await entry.click();
    check("classify: the list leads to the article", (await tab.evaluate(() => document.querySelector("article:target h2")?.textContent)) === title, title);
    check("classify: what an article says is text, never markup", (await tab.locator("article b:not(.tag b)").count()) === 0);
    await context.close();
  }
}

try {
  for (const page of pages) {
    for (const size of Object.keys(SIZES)) {
      for (const scheme of SCHEMES) await looks(page, size, scheme);
      await clicks(page, size);
    }
    await whole(page);
    await paper(page);
  }
  await particulars();
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
