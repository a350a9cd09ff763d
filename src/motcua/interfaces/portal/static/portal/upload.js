// Files go up piece by piece with a bar each; a lost line is waited for and the upload goes on where it stopped.
// A box is a form of its own, which is drawn anew at the end, or part of a larger form, which carries its files along.
const rest = (ms) => new Promise((done) => setTimeout(done, ms));
const back = () => new Promise((done) => addEventListener("online", done, { once: true }));

class Refused extends Error {}

// Whoever presses the button of a larger form while files still go up: the form follows them, so that none is sent twice.
const underway = new Map(), pressed = new Map();
document.addEventListener("submit", (event) => {
  if (!underway.get(event.target)) return;
  event.preventDefault();
  pressed.set(event.target, event.submitter);
  event.submitter?.setAttribute("aria-busy", "true");
}, { capture: true });
function goOn(form, fine) {
  if (underway.get(form) || !pressed.has(form)) return;
  const button = pressed.get(form);
  pressed.delete(form);
  button?.removeAttribute("aria-busy");
  if (fine) form.requestSubmit(button);
}

for (const box of document.querySelectorAll("[data-begin]")) {
  const [sending, lost, sent, tooLarge] = box.dataset.words.split("|");
  const list = box.querySelector("[data-sending]");
  const kept = box.querySelector("[data-kept]");
  const isForm = box.tagName === "FORM";
  const form = box.closest("form");
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  if (isForm) box.querySelector("button").hidden = true;

  async function ask(address, options, say) {
    for (let tries = 0; ; tries++) {
      try {
        const answer = await fetch(address, { ...options, headers: { ...headers, ...options.headers }, redirect: "error" });
        if (answer.ok) return await answer.json();
        if (answer.status === 409) return { ...(await answer.json()), moved: true };
        if (answer.status < 500) {
          const type = answer.headers.get("Content-Type") || "";
          throw new Refused(type.includes("json") ? (await answer.json()).words : answer.statusText);
        }
      } catch (error) {
        if (error instanceof Refused || tries > 30) throw error;
      }
      say(lost);
      await Promise.race([back(), rest(Math.min(2000 * (tries + 1), 15000))]);
    }
  }

  async function send(file) {
    const row = list.appendChild(document.createElement("li"));
    const body = row.appendChild(document.createElement("div"));
    const name = body.appendChild(document.createElement("b"));
    const state = body.appendChild(document.createElement("small"));
    const bar = row.appendChild(document.createElement("progress"));
    row.prepend(document.createElement("span"));
    Object.assign(bar, { className: "meter", max: file.size || 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    name.textContent = file.name;
    list.hidden = false;
    const say = (text) => { state.textContent = text; };
    const address = box.dataset.begin;
    const memory = `upload ${address} ${file.name} ${file.size} ${file.lastModified}`;
    try {
      if (file.size > Number(box.dataset.largest)) throw new Refused(tooLarge);
      say(sending);
      const pieces = box.dataset.pieces;
      let upload = null;
      const known = localStorage.getItem(memory);
      if (known) upload = await ask(pieces + known, {}, say).catch(() => null);
      upload ||= await ask(address, { method: "POST", body: new URLSearchParams({ name: file.name, size: file.size }) }, say);
      if (!upload.id) throw new Refused(upload.words);
      localStorage.setItem(memory, upload.id);
      const id = upload.id;
      while (upload.offset < file.size) {
        bar.value = upload.offset;
        say(`${sending} ${Math.floor((100 * upload.offset) / file.size)}%`);
        const piece = file.slice(upload.offset, upload.offset + Math.min(Number(box.dataset.piece), 1024 * 1024));
        const before = upload.offset;
        upload = await ask(`${pieces}${id}?offset=${before}`, { method: "PUT", body: piece, headers: { "Content-Type": "application/octet-stream" } }, say);
        if (upload.moved && upload.offset === before) throw new Refused(upload.words);
      }
      bar.value = file.size;
      const done = await ask(address.replace(/bat-dau$/, `xong/${id}`), { method: "POST", body: new URLSearchParams({ kept: kept?.value || "" }) }, say);
      localStorage.removeItem(memory);
      if (done.moved) throw new Refused(done.words);
      if (kept) kept.value = done.kept;
      say(sent);
      return true;
    } catch (error) {
      localStorage.removeItem(memory);
      bar.remove();
      const wrong = Object.assign(document.createElement("p"), { className: "wrong-word", textContent: error.message });
      wrong.setAttribute("role", "alert");
      state.replaceWith(wrong);
      return false;
    }
  }

  async function sendAll(files) {
    if (isForm) list.replaceChildren();
    const results = [];
    underway.set(form, (underway.get(form) ?? 0) + 1);
    for (const file of files) results.push(await send(file));
    for (const input of box.querySelectorAll("input[type=file]")) input.value = "";
    underway.set(form, underway.get(form) - 1);
    const fine = results.every(Boolean);
    if (!isForm) return goOn(form, fine);
    if (results.length && fine) location.reload();
  }

  box.addEventListener("change", (event) => sendAll([...event.target.files]));
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    sendAll([...event.dataTransfer.files]);
  });
  if (isForm) box.addEventListener("submit", (event) => event.preventDefault());
}
