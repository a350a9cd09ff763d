// Shows a question when it applies, marks it when it must be answered and works out what follows from others, as
// people type. The server does the same again; without this script every question stays and says when it applies.
import { NoValue, holds, value } from "./rules.js";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const PREFIX = "a-";

// ── what is typed, read as catalogue/rules/reading.py reads it; null for nothing, or nothing that can be read ──
const within = (number, { minimum = 0, maximum = 1e15 }) => (number >= minimum && number <= maximum ? number : null);
const day = (year, month, date) => {
  const moment = new Date(Date.UTC(year, month - 1, date));
  return year >= 1900 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === Number(date) ? moment.toISOString().slice(0, 10) : null;
};
const READERS = {
  integer(text, question) {
    const bare = text.replace(/[. \u00a0]/g, "").replace(/[₫đ]$/, "");
    return /^-?\d{1,15}$/.test(bare) ? within(Number(bare), question) : null;
  },
  number(text, question) {
    let bare = text.replace(/[ \u00a0]/g, "");
    if (bare.includes(",") || !/^-?\d+\.\d{1,2}$/.test(bare)) bare = bare.replaceAll(".", "").replace(",", ".");
    if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(bare)) return null;
    const exact = within(Number(bare), { maximum: 1e12, ...question });
    return exact === null ? null : Number(exact.toFixed(question.decimals));
  },
  date(text) {
    const written = text.match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/);
    if (written) return day(written[3], written[2], written[1]);
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(...text.split("-")) : null;
  },
  personal_id: (text) => (/^\d{12}$/.test(text.replace(/[\s.]/g, "")) ? text.replace(/[\s.]/g, "") : null),
  tax_code: (text) => text.replace(/[\s.]/g, ""),
  phone: (text) => text.replace(/[\s.()-]/g, ""),
  yes_no: (text) => ({ yes: true, no: false })[text] ?? null,
};
READERS.money = READERS.integer;
READERS.signature = READERS.yes_no;

const sent = (form, name) => {
  const input = form.elements[name];
  if (!input) return "";
  if (input.type === "checkbox") return input.checked ? input.value : "";
  const text = (input.value ?? "").normalize("NFC").trim();
  if (!input.dataset || !("searched" in input.dataset)) return text;
  const chosen = all("option", input.list).find((option) => option.value.toLowerCase() === text.toLowerCase());
  return chosen?.dataset.value ?? text;
};
const pieces = (form, name, readers) => {
  const record = {};
  for (const [piece, reader] of Object.entries(readers)) {
    const text = sent(form, `${name}_${piece}`);
    const answer = text && reader ? reader(text, {}) : text;
    if (answer) record[piece] = answer;
  }
  return Object.keys(record).length ? record : null;
};
const COMPOSED = {
  person: (form, name) => pieces(form, name, { full_name: null, personal_id: READERS.personal_id, born_on: READERS.date }),
  bank_account: (form, name) => pieces(form, name, { bank: null, number: (text) => text.replace(/[\s.-]/g, "").toUpperCase(), holder: null }),
  address(form, name) {
    const place = form.elements[`${name}_place`], typed = sent(form, `${name}_place`);
    const code = /^\d{5}$/.test(typed) ? typed : typed === place?.dataset.place ? place.dataset.code : "";
    return code ? { street: sent(form, `${name}_street`), commune_code: code } : null;
  },
  partial_date(form, name) {
    const [date, month, year] = ["day", "month", "year"].map((piece) => sent(form, `${name}_${piece}`));
    if (!/^\d{4}$/.test(year) || (date && !month) || !day(year, month || 1, date || 1)) return null;
    return day(year, month || 1, date || 1).slice(0, date ? 10 : month ? 7 : 4);
  },
  table(form, name, question) {
    const rows = all(`[data-question="${question.key}"] tbody [data-row]`, form).map((row) => {
      const at = row.querySelector("[name]").name.match(/-(\d+)-[^-]*$/)[1];
      const cells = question.columns.map((column) => [column.key, given(form, `${name}-${at}-${column.key}`, column)]);
      return Object.fromEntries(cells.filter(([, answer]) => answer !== null));
    });
    const kept = rows.filter((row) => Object.keys(row).length);
    return kept.length ? kept : null;
  },
};
const given = (form, name, question) => {
  if (COMPOSED[question.type]) return COMPOSED[question.type](form, name, question);
  const text = sent(form, name);
  return text ? (READERS[question.type]?.(text, question) ?? (READERS[question.type] ? null : text)) : null;
};

// ── what follows ─────────────────────────────────────────────────────────────────────────────────────
const english = document.documentElement.lang === "en";
const grouped = (number, decimals = 0) => {
  const [whole, rest] = Math.abs(number).toFixed(decimals).split(".");
  const tail = rest?.replace(/0+$/, "");
  return `${number < 0 ? "-" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ".")}${tail ? `,${tail}` : ""}`;
};
const written = (answer, { type, decimals, labels }) => {
  if (answer === null) return "—";
  if (type === "yes_no") return english ? (answer ? "Yes" : "No") : answer ? "Có" : "Không";
  if (labels) return labels[answer]?.[english ? "en" : "vi"] ?? answer;
  if (type === "date") return answer.split("-").reverse().join("/");
  return typeof answer === "number" ? grouped(answer, type === "number" ? decimals : 0) : answer;
};
const computed = (tree, scope) => {
  try {
    return value(tree, scope);
  } catch (fault) {
    if (fault instanceof NoValue) return null;
    throw fault;
  }
};

const settle = (form, rules) => {
  const scope = { today: rules.today, channel: rules.channel };
  for (const question of rules.questions) {
    const { key, cases } = question;
    if (cases) {
      scope.case = cases.find(([, tree]) => !tree || holds(tree, scope))?.[0] ?? "";
      continue;
    }
    const shown = question.show.every((tree) => holds(tree, scope));
    const box = "answer" in question ? null : form.querySelector(`[data-question="${key}"]`);
    if (box) box.hidden = !shown;
    if (!shown) continue;
    const answer = question.compute ? computed(question.compute, scope) : box ? given(form, PREFIX + key, question) : question.answer ?? null;
    if (answer !== null) scope[key] = answer;
    if (box) mark(box, question, answer, scope);
  }
  for (const section of all("[data-section]", form)) section.hidden = all("[data-question]", section).every((box) => box.hidden);
};
const mark = (box, question, answer, scope) => {
  const optional = box.querySelector("[data-optional]");
  if (optional && question.require_when) optional.hidden = holds(question.require_when, scope);
  const output = question.compute && box.querySelector("[data-computed]");
  if (!output) return;
  const unit = output.dataset.unit ? ` ${output.dataset.unit}` : "";
  const words = written(answer, question) + (answer === null ? "" : unit);
  if (output.textContent !== words) output.textContent = words;
};

const data = document.getElementById("rules");
const rules = data && JSON.parse(data.textContent);
if (rules?.questions) {
  const form = data.closest("form") ?? document.querySelector("form.form, form#intake");
  for (const note of all("[data-condition]", form)) note.hidden = true;
  const again = () => settle(form, rules);
  for (const kind of ["input", "change", "rows"]) form.addEventListener(kind, again);
  again();
}

// ── rows of tables: at once, where the buttons would send the form ───────────────────────────────────
const renumber = (rows) => {
  const lines = all("tbody [data-row]", rows);
  lines.forEach((line, place) => all("[data-number]", line).forEach((number) => { number.textContent = place + 1; }));
  rows.querySelector("[data-add]").hidden = lines.length >= Number(rows.dataset.most);
  rows.dispatchEvent(new Event("rows", { bubbles: true }));
  rows.dispatchEvent(new Event("input", { bubbles: true })); // saves itself
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows] button"), rows = button?.closest("[data-rows]");
  if (!rows) return;
  event.preventDefault();
  if (button.name.endsWith("-remove")) {
    const line = button.closest("[data-row]"), next = line.nextElementSibling ?? line.previousElementSibling;
    line.remove();
    renumber(rows);
    (next ?? rows).querySelector("input, select, textarea, [data-add] button")?.focus();
    return;
  }
  const used = all("tbody [data-row] [name]", rows).map((input) => Number(input.name.match(/-(\d+)-[^-]*$/)?.[1] ?? input.value) || 0);
  const number = Math.max(-1, ...used) + 1;
  const blank = rows.querySelector("template").innerHTML.replaceAll("__n__", number);
  rows.querySelector("tbody").insertAdjacentHTML("beforeend", blank);
  renumber(rows);
  rows.querySelector("tbody [data-row]:last-child").querySelector("input, select, textarea").focus();
});
