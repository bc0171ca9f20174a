// The key "/" goes to the field in which one finds somebody; a page of one's own turns it off.
const field = document.getElementById("vind");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.preventDefault();
  field.focus();
});
