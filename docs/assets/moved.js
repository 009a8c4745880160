// A page that has moved: goes to the new address, with the anchor that was requested.
// @ts-check

{
  const link = document.querySelector("a");
  if (link) location.replace(new URL(location.hash, link.href));
}
