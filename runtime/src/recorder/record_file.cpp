#include "runtime/src/recorder/record_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "runtime/src/recorder/crc32.h"

namespace pflow::rt {
namespace {

void make_folders(char* path) {
  for (char* at = path + 1; *at; ++at) {
    if (*at != '/') continue;
    *at = '\0';
    mkdir(path, 0700);
    *at = '/';
  }
}

/// Goes with the descriptor, which no child process has.
bool lock(int file) {
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  return fcntl(file, F_OFD_SETLK, &whole) == 0;
}

}  // namespace

bool RecordFile::create(char* path) {
  make_folders(path);
  file_ = ::open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  return file_ >= 0 && lock(file_);
}

bool RecordFile::open(const char* path) {
  file_ = ::open(path, O_RDWR | O_APPEND | O_CLOEXEC);
  return file_ >= 0 && lock(file_);
}

bool RecordFile::cut(size_t size) { return ftruncate(file_, static_cast<off_t>(size)) == 0; }

bool RecordFile::write(Buffer& json) {
  json.add('}');
  Buffer line(json.size() + 16);
  const uint32_t sum = crc32(json.data(), json.size());
  for (int shift = 28; shift >= 0; shift -= 4) line.add("0123456789abcdef"[sum >> shift & 15]);
  line.add(' ');
  line.add(json.text());
  line.add('\n');
  const ssize_t written = ::write(file_, line.data(), line.size());
  if (written >= 0 && static_cast<size_t>(written) < line.size()) errno = ENOSPC;
  return written == static_cast<ssize_t>(line.size());
}

bool RecordFile::sync() { return fdatasync(file_) == 0; }

void RecordFile::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

void add_run_id(Buffer& out) {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  tm utc;
  gmtime_r(&now.tv_sec, &utc);
  char text[32];
  strftime(text, sizeof text, "%Y%m%dT%H%M%S", &utc);
  out.format("%s.%06ld-%d", text, now.tv_nsec / 1000, static_cast<int>(getpid()));
}

}  // namespace pflow::rt
