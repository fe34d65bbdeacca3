#include "runtime/src/descriptors/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "pflow/abi.h"

void (*pflow::rt::g_before_output)(int descriptor, const char* data, size_t len);

namespace {

/// Whether the call that has just failed is to be made again: after a signal, or once
/// the descriptor is ready where its file is one that does not wait.
bool try_again(int descriptor, short wanted) {
  if (errno == EINTR) return true;
  if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
  pollfd waiting = {descriptor, wanted, 0};
  return poll(&waiting, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace

int64_t pf_read(int descriptor, void* to, size_t len) {
  ssize_t got;
  do got = read(descriptor, to, len);
  while (got < 0 && try_again(descriptor, POLLIN));
  return got;
}

int64_t pf_write(int descriptor, const void* data, size_t len) {
  using pflow::rt::g_before_output;
  if (g_before_output && (descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO))
    g_before_output(descriptor, static_cast<const char*>(data), len);
  ssize_t written;
  do written = write(descriptor, data, len);
  while (written < 0 && try_again(descriptor, POLLOUT));
  return written;
}

namespace pflow::rt {

void open_standard_descriptors() {
  pollfd standard[] = {{STDIN_FILENO, 0, 0}, {STDOUT_FILENO, 0, 0}, {STDERR_FILENO, 0, 0}};
  if (poll(standard, 3, 0) <= 0) return;
  // Open takes the lowest free number, which is the first closed one.
  for (const pollfd& one : standard)
    if (one.revents & POLLNVAL) (void)open("/dev/null", O_RDWR | O_NOCTTY);
}

bool write_all(int descriptor, const char* data, size_t len) {
  while (len > 0) {
    int64_t written = pf_write(descriptor, data, len);
    if (written < 0) return false;
    data += written;
    len -= static_cast<size_t>(written);
  }
  return true;
}

}  // namespace pflow::rt
