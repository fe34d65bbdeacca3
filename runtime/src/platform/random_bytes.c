// Random bytes from the kernel: getrandom and getentropy are of glibc 2.25, arc4random of 2.36.
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t getrandom(void* bytes, size_t len, unsigned flags) {
  return syscall(SYS_getrandom, bytes, len, flags);
}

int getentropy(void* bytes, size_t len) {
  if (len > 256) {
    errno = EIO;
    return -1;
  }
  for (char* at = bytes; len != 0;) {
    ssize_t got = getrandom(at, len, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    at += got;
    len -= (size_t)got;
  }
  return 0;
}

uint32_t arc4random(void) {
  uint32_t number;
  if (getentropy(&number, sizeof number) != 0) abort();
  return number;
}
