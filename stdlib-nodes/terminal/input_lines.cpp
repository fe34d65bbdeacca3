#include "input_lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace pf_terminal {

InputLines::State InputLines::next(pf_str* line) {
  bool unseen = searched_ < to_;
  const void* found = unseen ? memchr(bytes_ + searched_, '\n', to_ - searched_) : nullptr;
  if (!found && !ended_) {
    searched_ = to_;
    return State::Waiting;
  }
  if (!found && from_ == to_) return State::End;
  size_t end = found ? static_cast<size_t>(static_cast<const char*>(found) - bytes_) : to_;
  size_t next = found ? end + 1 : to_;
  if (end > from_ && bytes_[end - 1] == '\r') --end;
  *line = pf_str_copy(bytes_ + from_, end - from_);
  from_ = searched_ = next;
  return State::Line;
}

int InputLines::read_more() {
  constexpr size_t kChunk = 16 * 1024;
  if (from_ != 0) {
    memmove(bytes_, bytes_ + from_, to_ - from_);
    to_ -= from_;
    searched_ -= from_;
    from_ = 0;
  }
  if (capacity_ - to_ < kChunk) {
    capacity_ = capacity_ * 2 + kChunk;
    bytes_ = static_cast<char*>(realloc(bytes_, capacity_));
    if (!bytes_) abort();
  }
  ssize_t got = read(STDIN_FILENO, bytes_ + to_, capacity_ - to_);
  if (got < 0) return errno == EINTR || errno == EAGAIN ? 0 : errno;
  if (got == 0) ended_ = true;
  to_ += static_cast<size_t>(got);
  return 0;
}

}  // namespace pf_terminal
