#include "runtime/src/recorder/record_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "runtime/src/recorder/crc32.h"

namespace pflow::rt {
namespace {

constexpr size_t kSumAndBlank = 9;

void make_folders(char* path) {
  for (char* at = path + 1; *at; ++at) {
    if (*at != '/') continue;
    *at = '\0';
    mkdir(path, 0700);
    *at = '/';
  }
}

/// Of the process alone: one that it has forked and that has not yet become another program, which
/// may outlive it by a moment, has the descriptor and not the lock. Nobody here opens the file
/// twice.
bool lock(int file) {
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  return fcntl(file, F_SETLK, &whole) == 0;
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

bool RecordFile::write(Buffer& record) {
  record.add("}\n");
  char* sum = record.data();
  const uint32_t crc = crc32(sum + kSumAndBlank, record.size() - kSumAndBlank - 1);
  for (int shift = 28; shift >= 0; shift -= 4) *sum++ = "0123456789abcdef"[crc >> shift & 15];
  const ssize_t written = ::write(file_, record.data(), record.size());
  if (written >= 0 && static_cast<size_t>(written) < record.size()) errno = ENOSPC;
  return written == static_cast<ssize_t>(record.size());
}

bool RecordFile::sync() { return fdatasync(file_) == 0; }

void RecordFile::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

void begin_record(Buffer& record, const char* type) {
  constexpr size_t kUsual = 500;
  record.reserve(kUsual);
  record.fill(' ', kSumAndBlank);
  record.add("{\"type\":\"");
  record.add(type);
  record.add('"');
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
