/// A file of records, as logs and journals of runs are: each is one write of one line, the CRC-32
/// of its JSON in hexadecimal, a blank, the JSON. A line that was cut short is passed over by who
/// reads.
#pragma once

#include "runtime/src/values/buffer.h"

namespace pflow::rt {

class RecordFile {
 public:
  /// A new file that its owner alone may read, with the folders above it, locked by this process
  /// until it ends. False: errno.
  [[nodiscard]] bool create(char* path);
  /// One that is there, to be read and written. False: errno; EAGAIN: another process writes it.
  [[nodiscard]] bool open(const char* path);
  /// What stands behind the first `size` bytes is none of it.
  [[nodiscard]] bool cut(size_t size);
  [[nodiscard]] bool is_open() const { return file_ >= 0; }
  [[nodiscard]] int descriptor() const { return file_; }

  /// A record from `begin_record`, without its `}`. False: it does not stand there whole; errno.
  [[nodiscard]] bool write(Buffer& record);
  /// What was written outlives a loss of power. False: errno.
  [[nodiscard]] bool sync();
  void close();

 private:
  int file_ = -1;
};

/// Begins a record of that type in the empty buffer; its members follow.
void begin_record(Buffer& record, const char* type);

/// `20261129T185320.123456-4711`: in the order of time, and of one process.
void add_run_id(Buffer& out);

}  // namespace pflow::rt
