/** What the machine is made of, when it is booted as when its saved state is restored. */
export const hardware = {
  memory_size: 128 << 20,
  vga_memory_size: 1 << 20,
  virtio_console: true,
  autostart: false,
  disable_keyboard: true,
  disable_mouse: true,
  disable_speaker: true,
};
