// A form with data-once is sent once: the button rests and says so. The server would file it once anyway.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    const button = form.querySelector("button:not([type=button])");
    button.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
    button.lastChild.textContent = form.dataset.once;
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
