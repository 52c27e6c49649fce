// Says which port sixteen switches make, and where its bytes are told, also which one with these swapped.
for (const block of document.querySelectorAll(".sk-bits")) {
  const switches = [...block.querySelectorAll("input")];
  const bytes = [...block.querySelectorAll(".sk-byte > p")];
  const [port, swapped] = block.querySelectorAll("output > *");
  const show = () => {
    const value = switches.reduce((sum, one) => sum + (one.checked ? Number(one.value) : 0), 0);
    const [high, low] = [value >> 8, value & 255];
    const hex = (byte) => byte.toString(16).padStart(2, "0");
    port.textContent = value;
    if (!swapped) return;
    bytes[0].textContent = `high byte: ${hex(high)} in hex, ${high} × 256`;
    bytes[1].textContent = `low byte: ${hex(low)} in hex, ${low}`;
    swapped.textContent = `with the bytes swapped: ${(low << 8) | high}`;
  };
  switches.forEach((one) => { one.disabled = false; });
  block.addEventListener("change", show);
  show(); // a browser may have kept the switches as they were
}
