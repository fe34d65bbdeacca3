#include "runtime/src/journal/doubt.h"

#include <time.h>
#include <unistd.h>

#include "runtime/src/descriptors/descriptors.h"

namespace pflow::rt {
namespace {

void add_moment(Buffer& out, int64_t milliseconds) {
  const time_t seconds = milliseconds / 1000;
  tm local;
  char text[32];
  localtime_r(&seconds, &local);
  strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
  out.add(text);
}

/// `main/shell#4e` of 2026-11-30 09:15:02, `shell` with {"command":"…"}
void add_call(Buffer& out, const RecordedIntent& intent) {
  out.add('`');
  out.add(intent.key);
  out.add("` of ");
  add_moment(out, intent.began);
  out.add(", `");
  out.add(intent.node);
  out.add("` with ");
  out.add(intent.in);
}

/// A line of standard input without its end, byte by byte, since what follows is somebody else's;
/// false: there is none.
bool read_line(Buffer& line) {
  char c = 0;
  while (read(STDIN_FILENO, &c, 1) == 1) {
    if (c == '\n') return true;
    line.add(c);
  }
  return line.size() != 0;
}

/// Until it is answered; no answer is a no.
bool shall_be_done_again(const RecordedIntent& intent) {
  if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) return false;
  for (;;) {
    Buffer question, answer;
    question.add("nobody knows whether this was done: ");
    add_call(question, intent);
    question.add("\nDo it again? [yes/no] ");
    write_all(STDERR_FILENO, question.data(), question.size());
    const bool is_there = read_line(answer);
    const pf_str said = answer.text();
    if (!is_there || equals(said, "no") || equals(said, "n")) return false;
    if (equals(said, "yes") || equals(said, "y")) return true;
  }
}

}  // namespace

void settle_doubts(const Recorded& recorded, Buffer& refused) {
  for (const RecordedIntent& intent : recorded.intents()) {
    if (intent.is_over || intent.doubt == Doubt::Again) continue;
    if (intent.doubt == Doubt::Ask && shall_be_done_again(intent)) continue;
    refused.add(refused.size() == 0 ? "nobody knows whether this was done: " : "; ");
    add_call(refused, intent);
  }
}

}  // namespace pflow::rt
