/// Any bytes as the stream of an invocation: no result depends on where reads are cut, and what is
/// read of a message lies within it.
#include <string>

#include "runtime/src/restate/frames.h"
#include "runtime/src/restate/messages.h"
#include "test/fuzz/must.h"

using fuzz::must;
using namespace pflow::restate;

namespace {

constexpr size_t kMost = 1 << 16;

std::string frames_of(std::string_view bytes, size_t piece) {
  FrameReader reader(kMost);
  std::string read;
  for (size_t at = 0; at < bytes.size() && !reader.is_too_large(); at += piece) {
    reader.add(bytes.substr(at, piece));
    for (Frame next{}; reader.next(next);) {
      must(next.message.size() <= kMost, "a message is bounded", bytes);
      read += frame(next.type, next.message);
    }
  }
  return read;
}

void read_message(std::string_view bytes) {
  Start start;
  Command command;
  Notification news;
  uint32_t completion = 0;
  if (read_start(bytes, start)) must(start.id.size() <= bytes.size(), "an id lies within", bytes);
  if (read_command(bytes, command))
    must(command.name.size() + command.input.size() <= bytes.size(), "texts lie within", bytes);
  if (read_notification(bytes, news))
    must(news.value.size() <= bytes.size(), "a value lies within", bytes);
  (void)read_ack(bytes, completion);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_message(bytes);
  const std::string whole = frames_of(bytes, size + 1);
  must(whole == bytes.substr(0, whole.size()), "frames are what has come", bytes);
  for (const size_t piece : {1, 7, 64})
    must(frames_of(bytes, piece) == whole, "it does not matter where reads are cut", bytes);
  return 0;
}
