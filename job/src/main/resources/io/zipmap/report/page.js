"use strict";
// Draws the report from the JSON in #report. Text reaches the page only as text nodes, never as markup.
//
// The last lines start it: draw() makes the head and one section after the other by the *Section functions. These
// stand below in the order of the page, after what they share: text, elements, scales, and tables in pages. A *Section
// function returns null if the report has no data for it.
(() => {
  // ---- Text -------------------------------------------------------------------------------------------------------

  const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
  const UNPRINTABLE_BUT_BREAKS = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
  const escapeOf = (c) => "\\u" + c.codePointAt(0).toString(16).padStart(4, "0");

  /** External text, safe to show: control, format and bidirectional characters become escapes. */
  const printable = (text) => String(text).replace(UNPRINTABLE, escapeOf);
  const printableLines = (text) => String(text).replace(UNPRINTABLE_BUT_BREAKS, escapeOf);

  const known = (value) => value !== null && value !== undefined;
  const list = (value) => (Array.isArray(value) ? value : []);
  const count = (value) => Number(value).toLocaleString("en");
  const plural = (n, one, many) => count(n) + " " + (Number(n) === 1 ? one : many || one + "s");

  const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];

  /** Bytes with three or four digits, in binary units. */
  const bytes = (value) => {
    let unit = 0;
    let size = Number(value);
    while (Math.abs(size) >= 1023.95 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    const digits = unit === 0 || size >= 99.95 || Number.isInteger(size) ? 0 : 1;
    return size.toFixed(digits) + " " + UNITS[unit];
  };

  /** A tick of an axis: exact, in the unit that its size asks for. */
  const tickLabel = (value) => {
    const unit = value ? Math.min(Math.floor(Math.log2(value) / 10), UNITS.length - 1) : 0;
    return value ? Number((value / 1024 ** unit).toFixed(2)) + " " + UNITS[unit] : "0";
  };

  /** A statistic; JSON has NaN and infinities as texts. */
  const number = (value, digits = 8) => {
    if (!known(value)) return "–";
    if (typeof value === "string") return printable(value).replace("Infinity", "∞");
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return count(value);
    const rounded = Number(value.toPrecision(digits));
    return Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
  };
  const short = (value) => number(value, 5);

  /** Milliseconds as a length of time. */
  const duration = (millis) => {
    const seconds = millis / 1000;
    if (seconds < 9.95) return seconds.toFixed(seconds < 0.095 ? 2 : 1) + " s";
    if (seconds < 59.5) return Math.round(seconds) + " s";
    const minutes = Math.floor(Math.round(seconds) / 60);
    if (minutes < 60) return minutes + " min " + (Math.round(seconds) % 60) + " s";
    return Math.floor(minutes / 60) + " h " + (minutes % 60) + " min";
  };

  // ---- Elements ---------------------------------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";

  /** Sets attributes, of which functions are listeners, and appends children: nodes, texts, lists of both. */
  const fill = (node, attributes, children) => {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") node.addEventListener(name.slice(2), value);
      else if (name === "style") Object.assign(node.style, value);
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    node.append(...children.flat(Infinity).filter((child) => known(child) && child !== false));
    return node;
  };
  // An element of HTML, and one of SVG.
  const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
  const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

  let lastId = 0;
  const newId = (prefix) => prefix + "-" + ++lastId;

  /** External text in its own direction. */
  const external = (text) => h("bdi", null, printable(text));

  const section = (id, title, ...children) =>
    h("section", { id, "aria-labelledby": id + "-title" }, h("h2", { id: id + "-title" }, title), ...children);

  const scroll = (label, table) =>
    h("div", { class: "scroll", role: "group", "aria-label": label, tabindex: 0 }, table);

  /** A table that is filled when it is first opened. */
  const details = (title, label, fields, rows) => {
    const node = h("details", { ontoggle: () => {
      if (node.open && node.children.length === 1) node.append(scroll(label, simpleTable(label, fields, rows())));
    } }, h("summary", null, title));
    return node;
  };

  /** A table of texts; all columns but the first are numbers. */
  const simpleTable = (label, fields, rows) =>
    h("table", null, h("caption", { class: "hidden-text" }, label),
      h("thead", null, h("tr", null, fields.map((field, i) => h("th", { scope: "col", class: i && "number" }, field)))),
      h("tbody", null, rows.map((row) => h("tr", null, row.map((value, i) =>
        i ? h("td", { class: "number" }, value) : h("th", { scope: "row" }, value))))));

  // ---- Scales -----------------------------------------------------------------------------------------------------

  /** Ticks from 0 to at least `most` bytes, in steps of a power of two. */
  const byteTicks = (most, wanted) => {
    let step = 1;
    while (step * wanted < most) step *= 2;
    const ticks = [];
    for (let tick = 0; tick < most + step; tick += step) ticks.push(tick);
    return ticks;
  };

  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const HOUR = 60 * MINUTE;
  const TIME_STEPS = [50, 100, 200, 500, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND,
    MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR,
    12 * HOUR, 24 * HOUR, 48 * HOUR, 168 * HOUR];

  const timeTicks = (span, wanted) => {
    const step = TIME_STEPS.find((candidate) => span / candidate <= wanted) || Math.ceil(span / wanted);
    const ticks = [];
    for (let tick = 0; tick <= span; tick += step) ticks.push(tick);
    return ticks;
  };

  const timeLabel = (millis, span) => {
    const two = (n) => String(Math.floor(n)).padStart(2, "0");
    if (span < 2 * MINUTE) return Number((millis / SECOND).toFixed(2)) + " s";
    if (span < 2 * HOUR) {
      return Math.floor(millis / MINUTE) + (millis % MINUTE ? ":" + two((millis % MINUTE) / SECOND) : "") + " min";
    }
    return Math.floor(millis / HOUR) + (millis % HOUR ? ":" + two((millis % HOUR) / MINUTE) : "") + " h";
  };

  // ---- Tables in pages --------------------------------------------------------------------------------------------

  /** Pages of rows, of which a search and a choice leave some. Draws one page; knows no data. */
  class Pages {
    constructor(rows, size, drawPage, word) {
      Object.assign(this, { rows, size, drawPage, word, kept: rows, start: 0 });
      this.status = h("span", { role: "status" });
      this.back = h("button", { type: "button", onclick: () => this.turn(-1) }, "Previous");
      this.next = h("button", { type: "button", onclick: () => this.turn(1) }, "Next");
      this.bar = h("div", { class: "pager" }, this.status, this.back, this.next);
    }

    turn(pages) {
      this.start += pages * this.size;
      this.draw();
    }

    keep(rows) {
      this.kept = rows;
      this.start = 0;
      this.draw();
    }

    draw() {
      const end = Math.min(this.start + this.size, this.kept.length);
      this.drawPage(this.kept.slice(this.start, end));
      this.back.disabled = this.start === 0;
      this.next.disabled = end >= this.kept.length;
      this.back.hidden = this.next.hidden = this.kept.length <= this.size;
      this.status.textContent = this.kept.length === 0 ? "No " + this.word + " matches."
        : count(this.start + 1) + "–" + count(end) + " of " + plural(this.kept.length, this.word);
    }
  }

  const search = (label, change) => {
    let timer = 0;
    const input = h("input", { type: "search", placeholder: label, "aria-label": label, autocomplete: "off",
      spellcheck: "false", oninput: () => {
        clearTimeout(timer);
        timer = setTimeout(() => change(input.value.trim().toLowerCase()), 80);
      } });
    return input;
  };

  /** The text of each row in which a search looks, made at the first search. */
  const searchable = (rows) => {
    let texts = null;
    return (words) => {
      if (!words) return rows;
      texts = texts || rows.map((row) => row.filter(known).join("\n").toLowerCase());
      const all = words.split(/\s+/);
      return rows.filter((_, i) => all.every((word) => texts[i].includes(word)));
    };
  };

  /** The folder that all these paths share, or an empty text. */
  const sharedFolder = (paths) => {
    if (!paths.length) return "";
    let shared = String(paths[0]);
    for (const path of paths) {
      while (shared && !String(path).startsWith(shared)) {
        shared = shared.slice(0, shared.lastIndexOf("/", shared.length - 2) + 1);
      }
    }
    shared = shared.slice(0, shared.lastIndexOf("/") + 1);
    return shared.length > 1 ? shared : "";
  };

  const shortOf = (shown, total, word, table) => (total > shown
    ? h("p", { class: "note" }, "This page has the first " + count(shown) + " of " + plural(total, word)
      + ". The table ", h("code", null, table), " of the output has all.") : null);

  // ---- Memory over time -------------------------------------------------------------------------------------------

  const METRICS = [
    { key: "rssAnon", style: "anon", label: "anonymous (RssAnon)" },
    { key: "rssShmem", style: "shmem", label: "shared memory (RssShmem)" },
    { key: "rssFile", style: "file", label: "mapped files (RssFile)" },
    { key: "heapUsed", style: "heap", label: "used heap" },
    { key: "heapAfterCollection", style: "kept", label: "heap after collection" },
  ];
  const ONLY_TOLD = [{ key: "pss", label: "Pss" }, { key: "arrayMaps", label: "mapped arrays" }];

  const seriesOf = (process, key) => list(process.points && process.points[key]);
  const millisOf = (process) => seriesOf(process, "millis");
  const hasAny = (process, key) => seriesOf(process, key).some((value) => known(value) && value > 0);
  const most = (process, key) => seriesOf(process, key).reduce((a, b) => (known(b) && b > a ? b : a), 0);
  const least = (process, key) => seriesOf(process, key).reduce((a, b) => (known(b) && b < a ? b : a), Infinity);
  const peakAnon = (process) =>
    Math.max(most(process, "rssAnon"), Number((process.peak && process.peak.rssAnon) || 0));

  /** All boards of the page: the charts on them are drawn again when the width of the page changes. */
  const boards = [];

  /** The charts of one run or of several, all with one scale: what they show, and where the cursor is. */
  class Board {
    constructor() {
      this.charts = [];
      this.all = true;
    }

    add(chart) {
      this.charts.push(chart);
      return chart;
    }

    get span() {
      return Math.max(1, ...this.charts.map((chart) => chart.span));
    }

    get top() {
      return Math.max(1024 * 1024, ...this.charts.map((chart) => chart.top(this.all)));
    }

    show(all) {
      this.all = all;
      this.draw();
    }

    draw() {
      this.charts.forEach((chart) => chart.draw());
    }

    cursor(millis, active) {
      this.charts.forEach((chart) => chart.cursor(millis, chart === active));
    }
  }

  /** The chart of one process: stacked areas of its memory, lines of its heap, boundaries of stages. */
  class MemoryChart {
    constructor(board, process, stages, begin, end, height) {
      Object.assign(this, { board, process, stages, begin, height });
      this.millis = millisOf(process).map((at) => at - begin);
      this.span = Math.max(end - begin, this.millis.length ? this.millis[this.millis.length - 1] : 0);
      this.svg = s("svg", { "aria-hidden": "true", focusable: "false" });
      this.readout = h("div", { class: "readout", hidden: true, "aria-hidden": "true" });
      this.at = Math.max(0, seriesOf(process, "rssAnon").indexOf(most(process, "rssAnon")));
      this.plot = h("div", {
        class: "plot", tabindex: 0, role: "slider", "aria-orientation": "horizontal",
        "aria-label": "Memory of " + printable(process.name) + " over time; arrow keys move along it",
        "aria-valuemin": 0, "aria-valuemax": Math.max(0, this.millis.length - 1),
        onpointermove: (event) => this.follow(event), onpointerdown: (event) => this.follow(event),
        onpointerleave: () => this.board.cursor(null, null),
        onkeydown: (event) => this.key(event), onfocus: () => this.moveTo(this.at, false),
        onblur: () => this.board.cursor(null, null),
      }, this.svg, this.readout);
      this.describe();
    }

    top(all) {
      const process = this.process;
      let top = 0;
      this.millis.forEach((_, i) => {
        const value = (key) => seriesOf(process, key)[i] || 0;
        const counted = value("rssAnon") + value("rssShmem");
        top = Math.max(top, counted + (all ? value("rssFile") : 0), value("heapUsed"), value("heapAfterCollection"));
      });
      const limit = process.cgroupLimit;
      return known(limit) && limit < 2 * top ? Math.max(top, limit) : top;
    }

    draw() {
      const width = Math.max(240, this.plot.clientWidth || 640);
      const frame = { left: 58, right: width - 8, top: 22, bottom: this.height - 24 };
      const { span, all } = this.board;
      const ticks = byteTicks(this.board.top, this.height > 190 ? 5 : 3);
      const highest = ticks[ticks.length - 1];
      this.width = width;
      this.x = (millis) => frame.left + ((frame.right - frame.left) * millis) / span;
      this.y = (value) => frame.bottom - ((frame.bottom - frame.top) * Math.min(value, highest)) / highest;
      this.frame = frame;
      this.svg.setAttribute("viewBox", "0 0 " + width + " " + this.height);
      this.svg.replaceChildren(
        ...this.stageBands(),
        ...ticks.map((tick) => s("g", null,
          s("line", { class: tick ? "grid" : "axis", x1: frame.left, x2: frame.right, y1: this.y(tick),
            y2: this.y(tick) }),
          s("text", { x: frame.left - 8, y: this.y(tick) + 4, "text-anchor": "end" }, tickLabel(tick)))),
        ...this.timeAxis(span),
        ...this.areas(all),
        ...this.stageNames(),
        this.line("heapUsed", "halo"), this.line("heapUsed", "line-heap"),
        this.line("heapAfterCollection", "line-kept"),
        ...this.limit(highest),
        ...this.peak(),
        (this.mark = s("line", { class: "cursor", y1: frame.top, y2: frame.bottom, visibility: "hidden" })),
      );
    }

    timeAxis(span) {
      const { left, right, bottom } = this.frame;
      return timeTicks(span, Math.max(2, (right - left) / 75)).map((tick) => {
        const x = this.x(tick);
        const anchor = x > right - 12 ? "end" : x < left + 12 ? "start" : "middle";
        return s("g", null, s("line", { class: "axis", x1: x, x2: x, y1: bottom, y2: bottom + 4 }),
          s("text", { x, y: bottom + 18, "text-anchor": anchor }, timeLabel(tick, span)));
      });
    }

    /** The stages on the axis of time. Those of one name that follow one another are one; one within another is it. */
    spans() {
      const spans = [];
      for (const stage of this.stages.filter((one) => known(one.start))) {
        const name = printable(stage.name);
        const from = this.x(Math.max(0, stage.start - this.begin));
        const to = this.x(Math.max(0, known(stage.end) ? stage.end - this.begin : this.span));
        const last = spans[spans.length - 1];
        if (last && (last.name === name || to <= last.to)) last.to = Math.max(last.to, to);
        else spans.push({ name, from, to });
      }
      return spans;
    }

    stageBands() {
      const { top, bottom } = this.frame;
      return this.spans().map((stage, i) => s("g", null,
        i % 2 === 0 && s("rect", { class: "stage-band", x: stage.from, y: top, height: bottom - top,
          width: Math.max(0, stage.to - stage.from) })));
    }

    stageNames() {
      const { top, bottom, right } = this.frame;
      let free = -Infinity;
      return this.spans().map((stage, i, spans) => {
        const size = stage.name.length * 6.3 + 8;
        const next = i + 1 < spans.length ? spans[i + 1].from : right;
        const fits = stage.from >= free && stage.from + size <= next;
        if (fits) free = stage.from + size;
        // The last stage of a run that failed may be short: its name stands before it.
        const before = !fits && i === spans.length - 1 && stage.from - size >= free;
        return s("g", null,
          s("line", { class: "stage-line", x1: stage.from, x2: stage.from, y1: top - 14, y2: bottom }),
          (fits || before) && s("text", { class: "stage-name", x: stage.from + (fits ? 5 : -5), y: top - 5,
            "text-anchor": fits ? "start" : "end" }, stage.name));
      });
    }

    /** Stretches of neighbouring points that are known, as lists of indexes. */
    stretches(isKnown) {
      const found = [];
      let current = null;
      this.millis.forEach((_, i) => {
        if (!isKnown(i)) current = null;
        else if (current) current.push(i);
        else found.push((current = [i]));
      });
      return found;
    }

    areas(all) {
      const value = (key, i) => seriesOf(this.process, key)[i];
      const layers = ["rssAnon", "rssShmem"].concat(all ? ["rssFile"] : []).filter((key) => hasAny(this.process, key));
      const shapes = [];
      const sums = this.millis.map(() => 0);
      for (const key of layers) {
        const lower = sums.slice();
        this.millis.forEach((_, i) => (sums[i] += value(key, i) || 0));
        const { style } = METRICS.find((metric) => metric.key === key);
        for (const stretch of this.stretches((i) => known(value(key, i)) || key === "rssShmem")) {
          const at = (i, heights) => this.x(this.millis[i]).toFixed(1) + " " + this.y(heights[i]).toFixed(1);
          const edge = "M" + stretch.map((i) => at(i, sums)).join("L");
          const back = stretch.map((i) => "L" + at(i, lower)).reverse().join("");
          // The line around the area makes a single sample visible, which has no width.
          shapes.push(s("path", { class: "area-" + style + (stretch.length === 1 ? " edge-" + style : ""),
            d: edge + back + "Z" }));
          if (style !== "shmem") shapes.push(s("path", { class: "edge-" + style, d: edge }));
        }
      }
      return shapes;
    }

    line(key, style) {
      const values = seriesOf(this.process, key);
      const d = this.stretches((i) => known(values[i]))
        .map((stretch) => "M" + stretch
          .map((i) => this.x(this.millis[i]).toFixed(1) + " " + this.y(values[i]).toFixed(1)).join("L")).join("");
      return s("path", { class: style, d });
    }

    limit(highest) {
      const limit = this.process.cgroupLimit;
      if (!known(limit) || limit > highest) return [];
      const y = this.y(limit);
      return [s("line", { class: "limit", x1: this.frame.left, x2: this.frame.right, y1: y, y2: y }),
        s("text", { class: "limit-name", x: this.frame.right, y: y + 14, "text-anchor": "end" },
          "limit of the container " + bytes(limit))];
    }

    peak() {
      const values = seriesOf(this.process, "rssAnon");
      const peak = most(this.process, "rssAnon");
      const i = values.indexOf(peak);
      if (!peak || i < 0) return [];
      const x = this.x(this.millis[i]);
      const y = this.y(peak);
      const leftwards = x > (this.frame.left + this.frame.right) / 2;
      return [s("circle", { class: "peak-dot", cx: x, cy: y, r: 4 }),
        s("text", { class: "peak-name", x: x + (leftwards ? -9 : 9), y: Math.max(this.frame.top + 12, y - 8),
          "text-anchor": leftwards ? "end" : "start" }, bytes(peak))];
    }

    // -- cursor --

    nearest(millis) {
      let best = -1;
      this.millis.forEach((at, i) => {
        if (best < 0 || Math.abs(at - millis) < Math.abs(this.millis[best] - millis)) best = i;
      });
      return best;
    }

    follow(event) {
      const box = this.plot.getBoundingClientRect();
      const { left, right } = this.frame;
      const x = ((event.clientX - box.left) * this.width) / box.width;
      this.moveTo(this.nearest(((x - left) / (right - left)) * this.board.span));
    }

    key(event) {
      const last = this.millis.length - 1;
      const to = { ArrowLeft: this.at - 1, ArrowDown: this.at - 1, ArrowRight: this.at + 1, ArrowUp: this.at + 1,
        PageUp: this.at + 10, PageDown: this.at - 10, Home: 0, End: last }[event.key];
      if (event.key === "Escape") this.board.cursor(null, null);
      if (to === undefined) return;
      event.preventDefault();
      this.moveTo(Math.min(Math.max(to, 0), last));
    }

    moveTo(i) {
      if (i < 0 || i >= this.millis.length) return;
      this.at = i;
      this.describe();
      this.board.cursor(this.millis[i], this);
    }

    values(i) {
      return METRICS.concat(ONLY_TOLD)
        .map((metric) => ({ metric, value: seriesOf(this.process, metric.key)[i] }))
        .filter(({ value }) => known(value));
    }

    stageAt(millis) {
      const stage = this.stages.find(({ start, end }) =>
        known(start) && start - this.begin <= millis && (!known(end) || millis <= end - this.begin));
      return stage ? printable(stage.name) : null;
    }

    describe() {
      if (!this.millis.length) return;
      const at = this.millis[this.at];
      const stage = this.stageAt(at);
      this.plot.setAttribute("aria-valuenow", this.at);
      this.plot.setAttribute("aria-valuetext", "at " + duration(at) + (stage ? ", stage " + stage : "") + ": "
        + this.values(this.at).map(({ metric, value }) => metric.label + " " + bytes(value)).join(", "));
    }

    cursor(millis, active) {
      const inside = millis !== null && millis <= this.span;
      this.mark.setAttribute("visibility", inside ? "visible" : "hidden");
      this.readout.hidden = !(inside && active);
      if (!inside) return;
      const x = this.x(millis);
      this.mark.setAttribute("x1", x);
      this.mark.setAttribute("x2", x);
      if (!active) return;
      const stage = this.stageAt(millis);
      this.readout.replaceChildren(h("p", null, duration(millis) + (stage ? " · " + stage : "")),
        ...this.values(this.at).map(({ metric, value }) => h("div", null,
          h("span", { class: "swatch " + (metric.style || "") }), h("span", null, metric.label),
          h("span", null, bytes(value)))));
      const share = x / this.width;
      this.readout.style.left = share < 0.5 ? "calc(" + share * 100 + "% + 12px)" : "auto";
      this.readout.style.right = share < 0.5 ? "auto" : "calc(" + (1 - share) * 100 + "% + 12px)";
    }
  }

  /** A process with its chart, what the chart says in words, and its values as a table. */
  const processFigure = (board, process, stages, begin, end, height, wide, heading) => {
    const chart = board.add(new MemoryChart(board, process, stages, begin, end, height));
    const peaks = [];
    const anon = peakAnon(process);
    if (anon) peaks.push([h("b", null, "peak RssAnon " + bytes(anon))]);
    if (hasAny(process, "rssAnon")) {
      peaks.push("between " + bytes(least(process, "rssAnon")) + " and " + bytes(most(process, "rssAnon")));
    }
    for (const [key, label] of [["rssShmem", "RssShmem"], ["rssFile", "RssFile"], ["pss", "Pss"]]) {
      if (hasAny(process, key)) peaks.push(label + " up to " + bytes(most(process, key)));
    }
    if (hasAny(process, "heapUsed")) peaks.push("used heap up to " + bytes(most(process, "heapUsed")));
    if (known(process.cgroupLimit)) peaks.push("limit of the container " + bytes(process.cgroupLimit));
    const label = "Memory of " + printable(process.name) + " at each sample";
    const columns = METRICS.concat(ONLY_TOLD).filter(({ key }) => seriesOf(process, key).some(known));
    return h("figure", { class: wide && "wide" },
      h("figcaption", null, h(heading, null, external(process.name)),
        known(process.host) && h("span", { class: "soft" }, "on ", external(process.host)),
        known(process.loss) && h("span", { class: "lost" }, "lost: ", external(process.loss)),
        h("p", { class: "peaks" }, peaks.flatMap((peak, i) => (i ? [" · ", peak] : [peak])))),
      chart.millis.length ? chart.plot : h("p", { class: "soft" }, "No sample of this process was taken."),
      chart.millis.length > 0 && details("Values", label, ["time"].concat(columns.map((metric) => metric.label)),
        () => chart.millis.map((at, i) => [duration(at)].concat(columns.map(({ key }) => {
          const value = seriesOf(process, key)[i];
          return known(value) ? bytes(value) : "";
        })))));
  };

  const legend = (processes) => {
    const shown = METRICS.filter(({ key }) => processes.some((process) => hasAny(process, key)));
    return h("ul", { class: "legend", "aria-label": "What the charts draw" }, shown.map((metric) =>
      h("li", null, h("span", { class: "swatch " + metric.style, "aria-hidden": "true" }), metric.label)));
  };

  const viewSwitch = (board, processes) => {
    if (!processes.some((process) => hasAny(process, "rssFile") && hasAny(process, "rssAnon"))) return null;
    const name = newId("view");
    const choice = (text, all) => h("label", null,
      h("input", { type: "radio", name, checked: all, onchange: () => board.show(all) }), text);
    return h("div", { class: "switch push", role: "radiogroup", "aria-label": "Memory in the charts" },
      choice("All memory", true), choice("Without mapped files", false));
  };

  const beginOf = (run) => {
    const times = list(run.processes).flatMap((process) => millisOf(process).slice(0, 1));
    return known(run.started) ? Math.min(run.started, ...times) : Math.min(...times, ...list(run.stages)
      .map((stage) => stage.start).filter(known));
  };
  const endOf = (run) => Math.max(Number(run.ended) || 0, ...list(run.processes).flatMap((process) =>
    millisOf(process).slice(-1)));

  const MEANING = "Anonymous memory is what counts: the kernel cannot drop it. Pages of mapped files are in RAM only "
    + "as long as nothing else needs it.";
  const FIRST_PROCESSES = 9;

  const memorySection = (report) => {
    const processes = list(report.processes).slice();
    if (!processes.length) return null;
    const rank = (process) => (process.kind === "driver" ? 0 : process.kind === "child" ? 2 : 1);
    processes.sort((a, b) => rank(a) - rank(b) || peakAnon(b) - peakAnon(a));
    const board = new Board();
    boards.push(board);
    const begin = beginOf(report);
    const end = endOf(report);
    const charts = h("div", { class: "charts" });
    const more = h("button", { type: "button", onclick: () => add(charts.children.length + 24) });
    const add = (until) => {
      const old = charts.children.length;
      processes.slice(old, until).forEach((process, i) => {
        const wide = old + i === 0 || processes.length < 3;
        charts.append(processFigure(board, process, list(report.stages), begin, end, wide ? 300 : 190, wide, "h3"));
      });
      more.hidden = charts.children.length >= processes.length;
      more.textContent = "Show more of " + plural(processes.length, "process", "processes");
      if (old) board.draw();
      if (old && charts.children[old]) charts.children[old].querySelector("[tabindex]")?.focus();
    };
    add(FIRST_PROCESSES);
    return section("memory", "Memory over time",
      h("p", { class: "lead" }, MEANING),
      h("div", { class: "row" }, legend(processes), viewSwitch(board, processes)), charts,
      h("div", { class: "pager" }, more),
      report.moreProcesses > 0 && h("p", { class: "note" }, "This page has the "
        + plural(processes.length, "process", "processes") + " of the largest RssAnon; the run had "
        + count(report.moreProcesses) + " more."),
      processes.length > 1 && details("Peaks of all " + count(processes.length) + " processes", "Peaks of each process",
        ["process", "host", "peak RssAnon", "peak RssShmem", "peak RssFile", "peak used heap"],
        () => processes.map((process) => [external(process.name), known(process.host) ? external(process.host) : ""]
          .concat([peakAnon(process), most(process, "rssShmem"), most(process, "rssFile"), most(process, "heapUsed")]
            .map((value) => (value ? bytes(value) : ""))))));
  };

  // ---- Memory of several runs --------------------------------------------------------------------------------------

  /** Several runs one above the other, with one scale for all. */
  const compareSection = (report) => {
    const runs = list(report.compare);
    if (!runs.length) return null;
    const peakOf = (run) => Math.max(0, ...list(run.processes).map(peakAnon));
    const board = new Board();
    boards.push(board);
    const processes = runs.flatMap((run) => list(run.processes));
    return section("memory", "Memory over time",
      h("p", { class: "lead" }, "The same data, drawn to the same scale. " + MEANING),
      runs.map((run) => h("div", { class: "run" },
        h("div", { class: "run-head" },
          h("h3", null, external(run.title), run.outcome === "died" && h("span", { class: "lost" }, "died")),
          peakOf(run) > 0 && h("p", { class: "run-peak" }, "peak RssAnon ", h("b", null, bytes(peakOf(run))))),
        known(run.sentence) && h("p", { class: "lead" }, external(run.sentence)),
        h("div", { class: "charts" }, list(run.processes).map((process, i) =>
          processFigure(board, process, list(run.stages), beginOf(run), endOf(run), 220, i === 0, "h4"))))),
      h("div", { class: "row" }, legend(processes), viewSwitch(board, processes)));
  };

  // ---- Failures ----------------------------------------------------------------------------------------------------

  const failuresSection = (report) => {
    const failures = report.failures || {};
    const rows = list(failures.rows);
    const total = known(failures.total) ? failures.total : rows.length;
    if (!total) return null;
    const fields = list(failures.fields);
    const condition = fields.indexOf("condition");
    const archive = fields.indexOf("archive");
    const folder = archive < 0 ? "" : sharedFolder(rows.map((row) => row[archive]).filter(known));
    const groups = list(failures.groups).slice().sort((a, b) => b.count - a.count);
    const place = new Map(groups.map((group, i) => [group.condition, i]));
    const ordered = rows.slice().sort((a, b) =>
      (place.get(a[condition]) ?? groups.length) - (place.get(b[condition]) ?? groups.length));
    const find = searchable(ordered);
    const others = fields.map((_, i) => i).filter((i) => i !== condition);
    let words = "";
    let chosen = null;
    const table = h("table", { class: "stacked" }, h("caption", { class: "hidden-text" }, "Failures by condition"),
      h("thead", null, h("tr", null, others.map((i) => h("th", { scope: "col" }, printable(fields[i]))))));
    const cell = (row, i) => {
      const value = row[i];
      if (!known(value)) return h("td", null);
      if (fields[i] === "message") return h("td", { class: "message" }, h("bdi", null, printableLines(value)));
      const text = i === archive && String(value).startsWith(folder) ? String(value).slice(folder.length) : value;
      return h("td", { class: fields[i] !== "host" && "name" }, external(text));
    };
    const drawPage = (shown) => {
      table.querySelectorAll("tbody").forEach((body) => body.remove());
      let body = null;
      let last;
      for (const row of shown) {
        if (!body || row[condition] !== last) {
          last = row[condition];
          const group = groups[place.get(last)];
          body = h("tbody", null, h("tr", { class: "group" },
            h("th", { scope: "rowgroup", colspan: others.length }, external(known(last) ? last : "without a condition"),
              group && h("span", { class: "count" }, count(group.count)))));
          table.append(body);
        }
        body.append(h("tr", null, others.map((i) => cell(row, i))));
      }
    };
    const pages = new Pages(ordered, 25, drawPage, "failure");
    const update = () => pages.keep(find(words).filter((row) => chosen === null || row[condition] === chosen));
    const chips = [{ condition: null, count: total }].concat(groups).map((group) => h("button", {
      type: "button", "aria-pressed": String(group.condition === null), onclick: (event) => {
        chosen = group.condition;
        chips.forEach((chip) => chip.setAttribute("aria-pressed", String(chip === event.currentTarget)));
        update();
      } }, group.condition === null ? "All" : external(group.condition),
      h("span", { class: "count" }, count(group.count))));
    pages.draw();
    return section("failures", "Failures",
      h("div", { class: "chips", role: "group", "aria-label": "Failures by condition" }, chips),
      h("div", { class: "row" }, search("Search the failures", (text) => {
        words = text;
        update();
      }), folder && h("span", { class: "soft name" }, "archives in ", external(folder))),
      rows.length > 0 && scroll("Failures", table), rows.length > 0 && pages.bar,
      shortOf(rows.length, total, "failure", "failures"));
  };

  // ---- Throughput and reads ---------------------------------------------------------------------------------------

  const throughputSection = (report) => {
    const stages = list(report.stages);
    if (!stages.length) return null;
    const rate = (part) => (part.seconds > 0 && known(part.bytes) ? part.bytes / part.seconds : 0);
    const best = Math.max(1, ...stages.flatMap((stage) => list(stage.hosts).map(rate)));
    const body = stages.map((stage) => {
      const hosts = list(stage.hosts);
      const end = known(stage.end) ? stage.end : report.ended;
      // The stage that writes the page cannot know its end; any other without one was cut off.
      const cut = !known(stage.end) && report.outcome === "failed";
      const time = known(stage.start) && known(end) ? duration(end - stage.start) + (cut ? ", not ended" : "") : "";
      const rows = hosts.length ? hosts : [null];
      return h("tbody", null, rows.map((part, i) => h("tr", null,
        i === 0 && h("th", { scope: "rowgroup", rowspan: rows.length }, external(stage.name)),
        i === 0 && h("td", { class: "number", rowspan: rows.length }, time),
        h("td", null, part && known(part.host) && external(part.host)),
        h("td", { class: "number" }, part && part.arrays ? count(part.arrays)
          : part && part.slices ? `${count(part.slices)} ${part.slices === 1 ? "slice" : "slices"}` : ""),
        h("td", { class: "number" }, part && part.bytes ? bytes(part.bytes) : ""),
        h("td", { class: "number" }, part && known(part.seconds) ? duration(part.seconds * 1000) : ""),
        h("td", { class: "rate" }, part && rate(part) > 0 && [bytes(rate(part)) + "/s",
          h("div", { class: "track", "aria-hidden": "true" },
            h("span", { class: "rate-bar", style: { width: (100 * rate(part)) / best + "%" } }))]))));
    });
    return section("throughput", "Throughput",
      h("p", { class: "lead" }, "A host is busy from the start of its first task of a stage to the end of its last."),
      scroll("Throughput", h("table", null,
        h("caption", { class: "hidden-text" }, "Throughput of each stage on each host"),
        h("thead", null, h("tr", null, ["stage", "time", "host", "arrays", "bytes", "busy", "rate while busy"]
          .map((field, i) => h("th", { scope: "col", class: [1, 3, 4, 5].includes(i) && "number" }, field)))), body)));
  };

  const READS = ["local", "healed"];

  const readsSection = (report) => {
    const hosts = list(report.reads);
    if (!hosts.length) return null;
    return section("reads", "Reads",
      h("p", { class: "lead" }, "A local read maps a file of its own node. A healed one found its file missing or "
        + "damaged, and made it again from the archive. Reused arrays were in scratch before this run."),
      scroll("Reads", h("table", null, h("caption", { class: "hidden-text" }, "Reads of arrays on each host"),
        h("thead", null, h("tr", null, h("th", { scope: "col" }, "host"),
          READS.map((kind) => h("th", { scope: "col", class: "number" },
            h("span", { class: "swatch inline " + kind, "aria-hidden": "true" }), kind)),
          h("td", null), h("th", { scope: "col", class: "number" }, "reused arrays"))),
        h("tbody", null, hosts.map((host) => {
          const all = READS.reduce((sum, kind) => sum + (host[kind] || 0), 0);
          return h("tr", null, h("th", { scope: "row" }, external(host.host)),
            READS.map((kind) => h("td", { class: "number" }, known(host[kind]) ? count(host[kind]) : "")),
            h("td", { class: "rate" }, all > 0 && h("div", { class: "track", "aria-hidden": "true" },
              READS.filter((kind) => host[kind] > 0).map((kind) =>
                h("span", { class: kind, style: { width: (100 * host[kind]) / all + "%" } })))),
            h("td", { class: "number" }, known(host.reused) ? count(host.reused) : ""));
        })))));
  };

  // ---- Columns ----------------------------------------------------------------------------------------------------

  /** Of which values a histogram is made. */
  const origin = (column) => {
    const { every, sampled } = column.histogram;
    if (every > 1) return "a sample: one row of " + count(every) + ", " + plural(sampled, "value");
    return sampled < column.count ? "a sample of " + plural(sampled, "value") : "all " + plural(sampled, "value");
  };

  const histogram = (column) => {
    const { from, to, counts } = column.histogram;
    const width = 320;
    const height = 118;
    const bottom = 96;
    const step = width / counts.length;
    const highest = Math.max(1, ...counts);
    // Of small parts, because the range may be larger than a number. A power of two rounds nothing.
    const bound = (i) => 128 * (from / 128 + ((to / 128 - from / 128) * i) / counts.length);
    const bounds = (i) => [bound(i), bound(i + 1)];
    const label = "Histogram of " + printable(column.name);
    return [s("svg", { viewBox: "0 0 " + width + " " + height, role: "img",
      "aria-label": label + " from " + short(from) + " to " + short(to) + ", " + plural(counts.length, "bin")
        + ", at most " + plural(highest, "value") + " in one" },
      counts.map((n, i) => {
        const tall = n ? Math.max(1.5, (bottom * n) / highest) : 0;
        return s("g", null, s("title", null, bounds(i).map(short).join(" to ") + ": " + plural(n, "value")),
          s("rect", { x: i * step, y: 0, width: step, height: bottom, fill: "transparent" }),
          s("rect", { class: "bar", x: i * step + Math.min(0.5, step / 8), y: bottom - tall, height: tall,
            width: Math.max(0.5, step - Math.min(1, step / 4)) }));
      }),
      s("line", { class: "axis", x1: 0, x2: width, y1: bottom, y2: bottom }),
      s("text", { x: 0, y: bottom + 16 }, short(from)),
      s("text", { x: width, y: bottom + 16, "text-anchor": "end" }, short(to))),
    h("p", { class: "note" }, origin(column)),
    details("Bins", label, ["from", "to", "values"],
      () => counts.map((n, i) => [...bounds(i).map((bound) => number(bound)), count(n)]))];
  };

  const columnFigure = (column) => h("figure", null,
    h("figcaption", null, h("h3", { class: "mono" }, external(column.name))),
    column.histogram && list(column.histogram.counts).length > 0 && histogram(column),
    h("dl", { class: "numbers" }, [["min", "min"], ["max", "max"], ["mean", "mean"], ["stddev", "stddev"],
      ["values", "count"], ["NaN", "nanCount"]].map(([name, key]) =>
      h("div", null, h("dt", null, name), h("dd", null, number(column[key]))))));

  const columnsSection = (report) => {
    const columns = list(report.columns);
    if (!columns.length) return null;
    const figures = h("div", { class: "columns" });
    const pages = new Pages(columns, 12, (shown) => figures.replaceChildren(...shown.map(columnFigure)), "column");
    const find = searchable(columns.map((column) => [column.name]));
    const rows = new Map(find("").map((row, i) => [row, columns[i]]));
    pages.draw();
    return section("columns", "Columns",
      h("p", { class: "lead" }, "Each column, over all arrays that have it."),
      columns.length > 12 && h("div", { class: "row" }, search("Search the columns",
        (words) => pages.keep(find(words).map((row) => rows.get(row))))),
      figures, pages.bar,
      report.moreColumns && h("p", { class: "note" }, "This page has the first " + count(columns.length)
        + " columns. The view ", h("code", null, "total_stats"), " of the output has all."));
  };

  // ---- Arrays ------------------------------------------------------------------------------------------------------

  const arraysSection = (report) => {
    const arrays = report.arrays || {};
    const rows = list(arrays.rows);
    if (!rows.length) return null;
    const fields = list(arrays.fields);
    const archive = fields.indexOf("archive");
    const folder = archive < 0 ? "" : sharedFolder(rows.map((row) => row[archive]));
    const find = searchable(rows);
    const order = new Intl.Collator("en", { numeric: true });
    let sorted = { field: -1, down: false };
    let words = "";
    const body = h("tbody", null);
    const cell = (row, i) => {
      const value = row[i];
      if (!known(value)) return h("td", null);
      if (fields[i] === "bytes") return h("td", { class: "number", title: count(value) + " bytes" }, bytes(value));
      if (i === archive) return h("th", { scope: "row", class: "name" }, external(String(value).slice(folder.length)));
      return h("td", { class: fields[i] === "entry" ? "name" : String(value).length < 24 && "whole" }, external(value));
    };
    const pages = new Pages(rows, 50,
      (shown) => body.replaceChildren(...shown.map((row) => h("tr", null, fields.map((_, i) => cell(row, i))))),
      "array");
    const update = () => {
      const kept = find(words).slice();
      const { field, down } = sorted;
      if (field >= 0) {
        const compare = fields[field] === "bytes" ? (a, b) => (a[field] || 0) - (b[field] || 0)
          : (a, b) => order.compare(a[field] || "", b[field] || "");
        kept.sort(down ? (a, b) => compare(b, a) : compare);
      }
      pages.keep(kept);
    };
    const heads = fields.map((field, i) => h("th", { scope: "col", class: field === "bytes" && "number" },
      h("button", { type: "button", onclick: () => {
        sorted = { field: i, down: sorted.field === i && !sorted.down };
        heads.forEach((head) => head.removeAttribute("aria-sort"));
        heads[i].setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
        update();
      } }, printable(field))));
    const total = known(arrays.total) ? arrays.total : rows.length;
    pages.draw();
    return section("arrays", "Arrays",
      h("div", { class: "row" }, search("Search the arrays", (text) => {
        words = text;
        update();
      }), folder && h("span", { class: "soft name" }, "archives in ", external(folder))),
      scroll("Arrays", h("table", null,
        h("caption", { class: "hidden-text" }, "Arrays; the heads of the columns sort them"),
        h("thead", null, h("tr", null, heads)), body)),
      pages.bar, shortOf(rows.length, total, "array", "arrays"));
  };

  // ---- Options and versions ----------------------------------------------------------------------------------------

  const settingsSection = (report) => {
    const table = (title, rows) => list(rows).length > 0 && h("div", null, h("h3", null, title),
      scroll(title, h("table", null, h("caption", { class: "hidden-text" }, title),
        h("tbody", null, list(rows).map((row) => h("tr", null,
          h("th", { scope: "row" }, external(row.name)), h("td", null, external(row.value))))))));
    const tables = [table("Options", report.options), table("Versions", report.versions)].filter(Boolean);
    return tables.length ? section("settings", "Options and versions", h("div", { class: "pair row" }, tables)) : null;
  };

  // ---- The head, and the page --------------------------------------------------------------------------------------

  const OUTCOMES = { "done": "good", "done with failures": "warn", "failed": "bad" };

  const errorBox = ({ condition, message }) => {
    const prefix = "[" + condition + "] ";
    const text = String(message);
    return h("p", { class: "error" }, known(condition) && h("strong", null, external(condition)),
      h("bdi", null, printableLines(text.startsWith(prefix) ? text.slice(prefix.length) : text)));
  };

  const drawHead = (report) => {
    const when = known(report.started) ? new Date(report.started) : null;
    const facts = [
      when && h("time", { datetime: when.toISOString() },
        when.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "long" })),
      known(report.started) && known(report.ended) && duration(report.ended - report.started),
      known(report.master) && external(report.master),
      known(report.zipmap) && ["zipmap ", external(report.zipmap)],
    ].filter(Boolean);
    const name = known(report.command) ? "zipmap " + printable(report.command) : "zipmap";
    const failures = report.failures && report.failures.total;
    document.title = name + (known(report.outcome) ? ": " + printable(report.outcome) : "")
      + (when ? ", " + when.toISOString().slice(0, 16).replace("T", " ") + " UTC" : "");
    document.getElementById("head").append(
      h("div", { class: "title" },
        s("svg", { class: "mark", viewBox: "0 0 16 16", "aria-hidden": "true" },
          s("path", { class: "area-file", d: "M1 15V5l5-3 4 3 5-3v13z" }),
          s("path", { class: "area-anon", d: "M1 15v-4h14v4z" })),
        h("h1", null, name),
        known(report.outcome) && h(failures ? "a" : "span", { href: failures && "#failures",
          class: "outcome " + (OUTCOMES[report.outcome] || "warn") }, external(report.outcome)),
        h("p", { class: "when" }, facts.flatMap((fact, i) => (i ? [" · ", fact] : [fact])))),
      report.error ? errorBox(report.error) : "",
      known(report.sentence) ? h("p", { class: "sentence" }, external(report.sentence)) : "",
      list(report.summary).length ? h("dl", { class: "facts" }, list(report.summary).map((fact) =>
        h("div", null, h("dt", null, external(fact.label)), h("dd", null, external(fact.value))))) : "");
  };

  const draw = (report) => {
    drawHead(report);
    const sections = [compareSection, memorySection, failuresSection, throughputSection, readsSection, columnsSection,
      arraysSection, settingsSection].map((make) => make(report)).filter(Boolean);
    const main = document.getElementById("main");
    if (sections.length > 1) {
      main.append(h("nav", { "aria-label": "Sections" }, h("ul", null, sections.map((part) =>
        h("li", null, h("a", { href: "#" + part.id }, part.querySelector("h2").textContent))))));
    }
    main.append(...sections);
    const drawBoards = () => boards.forEach((board) => board.draw());
    let pending = 0;
    const later = () => {
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(drawBoards);
    };
    drawBoards();
    window.addEventListener("resize", later);
    window.addEventListener("beforeprint", drawBoards);
    window.addEventListener("afterprint", later);
  };

  const FORMAT = 1;

  const report = JSON.parse(document.getElementById("report").textContent);
  if (report.format > FORMAT) {
    document.getElementById("main").append(h("p", { class: "plain" }, "This report has format " + count(report.format)
      + "; the page draws formats up to " + FORMAT + ". Make it again with the zipmap that wrote it."));
  } else {
    if (location.hash === "#picture") document.documentElement.classList.add("picture");
    draw(report);
  }
})();
