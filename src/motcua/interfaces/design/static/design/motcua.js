// Spares people time; nothing here is needed. Every page works without it.
// Pages speak to it through attributes, listed on the living page (/design). Words come from the page.

const html = document.documentElement;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = (element) => element.matches("input:not([type=checkbox],[type=radio]), select, textarea, [contenteditable]");
html.classList.add("js");

// ── theme: no reload ─────────────────────────────────────────────────────────────────────────────────
document.addEventListener("submit", async (event) => {
  const theme = event.submitter;
  if (theme?.name !== "theme") return;
  event.preventDefault();
  const body = new FormData(event.target);
  body.set("theme", theme.value);
  const answer = await fetch(event.target.action, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return;
  if (theme.value) html.dataset.theme = theme.value;
  else delete html.dataset.theme;
  for (const choice of all("[name=theme][aria-pressed]")) choice.setAttribute("aria-pressed", choice.value === theme.value);
});

// ── forms: sent once, errors first ───────────────────────────────────────────────────────────────────
const SENT_FOR_MS = 8000; // a download leaves the page standing
const release = (form) => {
  delete form.dataset.sent;
  for (const button of all("[aria-busy]", form)) {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-many")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(release, SENT_FOR_MS, form);
});
addEventListener("pageshow", (event) => event.persisted && all("form[data-sent]").forEach(release));

document.querySelector("main .errors:not(.sides *)")?.focus(); // .sides: examples on the living page
document.addEventListener("click", (event) => {
  const target = event.target.closest(".errors a[href^='#']");
  const field = target && document.getElementById(target.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const answer = field.matches("input, select, textarea, button") ? field : field.querySelector("input, select, textarea");
  (answer ?? field).focus();
  (field.closest(".field") ?? field).scrollIntoView({ block: "center" });
});

// <input type="file" data-max-bytes="…" data-too-large="words">: said before anything is sent
document.addEventListener("change", ({ target }) => {
  const limit = Number(target.dataset?.maxBytes);
  if (target.type !== "file" || !limit) return;
  const large = [...target.files].some((file) => file.size > limit);
  target.setCustomValidity(large ? target.dataset.tooLarge : "");
  if (large) target.reportValidity();
});

// <form data-autosave="/address" data-saving data-saved data-unsaved> with an element [data-autosave-status].
// The answer may be JSON: each name in it that is a hidden field of the form takes the new value.
const SAVE_AFTER_MS = 1200;
for (const form of all("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0, dirty = false, saving = false;
  const say = (words) => { if (status && words) status.textContent = words; };
  const save = async (keepalive) => {
    clearTimeout(timer);
    if (!dirty || saving || form.dataset.sent) return;
    dirty = false;
    saving = true;
    say(form.dataset.saving);
    const body = new FormData(form);
    for (const input of all("input[type=file]", form)) body.delete(input.name);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, keepalive: keepalive === true, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const renewed = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      for (const [name, value] of Object.entries(renewed)) {
        const field = form.elements[name];
        if (field?.type === "hidden") field.value = value;
      }
      say(form.dataset.saved);
    } catch {
      dirty = true;
      say(form.dataset.unsaved);
    }
    saving = false;
  };
  const soon = (event) => {
    if (event.target.type === "file") return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => document.hidden && save(true));
}

// ── dialogs, menus, copying ──────────────────────────────────────────────────────────────────────────
// <a href="/page" data-opens="id">: a page without a script, the dialog with one
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target instanceof HTMLDialogElement) event.target.close(); // the backdrop
  if (event.target.closest("dialog [data-closes]")) event.target.closest("dialog").close();
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard?.writeText(button.dataset.copy);
  const words = button.querySelector("[data-copy-words]");
  if (words && button.dataset.copied) words.textContent = button.dataset.copied;
});

// ── choosing rows: [data-pick-all], then [data-picked] shows how many, [data-needs-pick] waits for one ──
const countPicks = (form) => {
  const picks = all("tbody .pick input, li .pick input", form);
  const count = picks.filter((pick) => pick.checked).length;
  for (const shown of all("[data-picked]", form)) shown.textContent = count;
  for (const bar of all("[data-needs-pick]", form)) bar.hidden = count === 0;
  const every = form.querySelector("[data-pick-all]");
  if (every) Object.assign(every, { checked: count > 0 && count === picks.length, indeterminate: count > 0 && count < picks.length });
};
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("form, [data-keys]");
  if (!form || !target.closest(".pick")) return;
  if (target.matches("[data-pick-all]")) for (const pick of all("tbody .pick input, li .pick input", form)) pick.checked = target.checked;
  countPicks(form);
});
const countAll = () => all("[data-pick-all], [data-needs-pick]").forEach((part) => countPicks(part.closest("form, [data-keys]") ?? document.body));
countAll();
addEventListener("pageshow", countAll);

// ── keyboard ─────────────────────────────────────────────────────────────────────────────────────────
// One-letter keys can be switched off (WCAG 2.2, 2.1.4); the switch is in the dialog of keys, which a button opens too.
const keys = { get on() { return localStorage.getItem("keys") !== "off"; } };
const help = document.getElementById("keys");
const keysSwitch = help?.querySelector("[data-keys-switch]");
if (keysSwitch) {
  keysSwitch.checked = keys.on;
  keysSwitch.addEventListener("change", () => localStorage.setItem("keys", keysSwitch.checked ? "on" : "off"));
}

// [data-keys] marks a list: its rows are tr or li with a link of class "main"
const rowsOf = (list) => all(":scope tbody > tr, :scope > li", list).filter((row) => row.querySelector("a.main"));
const current = (list) => rowsOf(list).find((row) => row.contains(document.activeElement)) ?? rowsOf(list).find((row) => row.getAttribute("aria-current") === "true");
const step = (list, by) => {
  const rows = rowsOf(list), from = rows.indexOf(current(list));
  const row = rows[Math.max(0, Math.min(rows.length - 1, from < 0 ? 0 : from + by))];
  if (!row) return;
  for (const other of rows) other.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  row.querySelector("a.main").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};
const press = (key) => {
  const list = document.querySelector("[data-keys]");
  if (key === "?") return help?.showModal ? (help.showModal(), true) : false;
  if (key === "/") {
    const search = document.querySelector("[data-search], input[type=search]");
    return search ? (search.focus(), search.select(), true) : false;
  }
  if (list && (key === "j" || key === "k")) return step(list, key === "j" ? 1 : -1), true;
  const row = list && current(list);
  if (row && key === "x") return row.querySelector(".pick input")?.click(), true;
  if (row && key === "enter" && document.activeElement === document.body) return row.querySelector("a.main").click(), true;
  const deed = (row && row.querySelector(`[aria-keyshortcuts="${key}"]`)) || document.querySelector(`[aria-keyshortcuts="${key}"]`);
  if (deed) return deed.click(), true;
  return false;
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of all("details.menu[open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !/^[jk]$/.test(event.key)) return;
  if (typing(event.target) || document.querySelector("dialog[open]") || !keys.on) return;
  if (press(event.key.toLowerCase())) event.preventDefault();
});

// ── connection ───────────────────────────────────────────────────────────────────────────────────────
const offline = document.querySelector("[data-offline]");
const tell = () => { if (offline) offline.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();
if ("serviceWorker" in navigator && html.dataset.worker) navigator.serviceWorker.register(html.dataset.worker).catch(() => {});
