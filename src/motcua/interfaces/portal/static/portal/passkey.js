// Shows what needs a passkey only where there can be one, and says so when it fails.
(() => {
  if (window.PublicKeyCredential) {
    for (const offer of document.querySelectorAll("[data-passkey]")) offer.hidden = false;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const problem = document.getElementById("passkey-problem");
    if (problem) problem.hidden = false;
  });
})();
