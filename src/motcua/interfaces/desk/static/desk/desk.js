// What the desk adds to design/motcua.js: the preview follows the row, samples of reasons fill their box.
// Nothing here is needed: rows are links, and reasons can be typed.

// ── preview: [data-preview] beside a list of [data-keys]; each row says where its own is ─────────────
const beside = document.querySelector("[data-preview]");
let shown = document.querySelector("tr[aria-current=true]"), waiting = 0;
const show = async (row) => {
  const address = row.dataset.previewAt;
  const answer = await fetch(address, { headers: { "X-Part": "preview" } }).catch(() => null);
  if (!answer?.ok || answer.redirected || shown !== row) return;
  beside.innerHTML = await answer.text();
};
if (beside && getComputedStyle(beside).display !== "none") document.addEventListener("focusin", ({ target }) => {
  const row = target.closest?.("tr[data-preview-at]");
  if (!row || row === shown) return;
  for (const other of row.parentElement.children) other.toggleAttribute("aria-current", false);
  row.setAttribute("aria-current", "true");
  shown = row;
  clearTimeout(waiting);
  waiting = setTimeout(show, 120, row);
});

// ── reasons: <button type="button" data-fills="id of a box"> ─────────────────────────────────────────
document.addEventListener("click", ({ target }) => {
  const sample = target.closest("[data-fills]");
  const box = sample && document.getElementById(sample.dataset.fills);
  if (!box) return;
  box.value = box.value.trim() ? `${box.value.trim()}\n${sample.textContent.trim()}` : sample.textContent.trim();
  const gap = box.value.lastIndexOf("…");
  box.focus();
  if (gap >= 0) box.setSelectionRange(gap, gap + 1);
});

// ── checklists: writing what is needed ticks the line ────────────────────────────────────────────────
document.addEventListener("input", ({ target }) => {
  const line = target.closest(".ask");
  if (line && target.type === "text") line.querySelector("[type=checkbox]").checked = target.value.trim() !== "";
});

// ── a scanner types fast and ends with Enter; the field it types into is chosen on arrival ───────────
document.querySelector("[data-scan]")?.select();
