// Leads on to the page when this tab knows the key, as after a reload; else says what to do.

const isRefused = new URLSearchParams(location.search).has("key");
if (isRefused) sessionStorage.removeItem("key");
const key = sessionStorage.getItem("key");
if (key) location.replace("/?key=" + encodeURIComponent(key));
else document.getElementById("message").hidden = false;
