"""What others wrote, read by a program apart: alone, in little memory and time, that can open nothing."""
