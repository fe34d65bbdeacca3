#include "line_reader.h"

#include <stdlib.h>
#include <string.h>

#include "pflow/abi.h"

namespace pf_exec {
namespace {

constexpr size_t kFirstRoom = size_t{64} << 10;
constexpr size_t kLeastRoom = size_t{16} << 10;
/// Room beyond this is given back once its line has been read.
constexpr size_t kKept = size_t{1} << 20;

}  // namespace

LineReader::~LineReader() { free(bytes_); }

void LineReader::make_room(size_t capacity) {
  char* made = static_cast<char*>(malloc(capacity));
  if (!made) pf_out_of_memory();
  if (end_ != begin_) memcpy(made, bytes_ + begin_, end_ - begin_);
  free(bytes_);
  bytes_ = made;
  capacity_ = capacity;
  scanned_ -= begin_;
  end_ -= begin_;
  begin_ = 0;
}

char* LineReader::room(size_t* len) {
  if (begin_ == end_) begin_ = scanned_ = end_ = 0;
  const bool roomy = begin_ == end_ && capacity_ > kKept;
  if (bytes_ == nullptr || roomy)
    make_room(kFirstRoom);
  else if (capacity_ - end_ < kLeastRoom)
    make_room((end_ - begin_) * 2 > kFirstRoom ? (end_ - begin_) * 2 : kFirstRoom);
  *len = capacity_ - end_;
  return bytes_ + end_;
}

bool LineReader::next(std::string_view* line) {
  const void* found = scanned_ == end_ ? nullptr : memchr(bytes_ + scanned_, '\n', end_ - scanned_);
  if (!found) {
    scanned_ = end_;
    return false;
  }
  const size_t at = static_cast<size_t>(static_cast<const char*>(found) - bytes_);
  *line = {bytes_ + begin_, at - begin_};
  begin_ = scanned_ = at + 1;
  return true;
}

}  // namespace pf_exec
