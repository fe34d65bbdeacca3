// ask: the question to standard error, a line of standard input back. What can make us
// wait, a terminal, a pipe or a socket, is watched by the loop; a file never does.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "input_lines.h"
#include "pflow/loop.h"
#include "pflow/node.hpp"
#include "terminal.pf.hpp"

namespace {

using pf_terminal::InputLines;

InputLines g_input;

/// One question that waits for its answer.
struct Question {
  uv_poll_t poll;
  pf_call* call;
  const ask_in* in;
  ask_out* out;
  pf_status status;
};

bool somebody_can_answer() {
  struct stat info;
  if (isatty(STDIN_FILENO)) return true;
  if (fstat(STDIN_FILENO, &info) != 0) return false;
  return S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode) || S_ISREG(info.st_mode);
}

void show(const pf_str& question) {
  std::string_view text = pflow::view(question);
  bool spaced = text.empty() || text.ends_with(' ') || text.ends_with('\n');
  pflow::Text shown(pflow::join({text, spaced ? "" : " "}));
  std::string_view left = shown.view();
  while (!left.empty()) {
    ssize_t n = write(STDERR_FILENO, left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return;
    left.remove_prefix(static_cast<size_t>(n));
  }
}

pf_status take_answer(pf_call* call, const ask_in* in, ask_out* out, pf_str line) {
  size_t valid = pf_utf8_valid_prefix(line.data, line.len);
  if (valid != line.len) {
    int byte = static_cast<unsigned char>(line.data[valid]);
    pf_str_release(line);
    return pf_fail(call, PF_E_VALUE, "the answer is not UTF-8: byte 0x%02x at offset %zu", byte,
                   valid);
  }
  bool by_default = line.len == 0 && in->default_.has;
  out->answer = {by_default ? pflow::share(in->default_.value) : line, true};
  return PF_DONE;
}

/// Takes a line that is there; PF_PENDING when none is yet.
pf_status try_to_take(pf_call* call, const ask_in* in, ask_out* out) {
  pf_str line;
  switch (g_input.next(&line)) {
    case InputLines::State::Waiting: return PF_PENDING;
    case InputLines::State::End: return PF_DONE;
    case InputLines::State::Line: break;
  }
  return take_answer(call, in, out, line);
}

pf_status cannot_read(pf_call* call, int error) {
  return pf_fail(call, PF_E_IO, "cannot read standard input: %s", strerror(error));
}

void closed(uv_handle_t* handle) {
  auto* question = static_cast<Question*>(handle->data);
  pf_call* call = question->call;
  pf_status status = question->status;
  call->state = nullptr;
  free(question);
  pf_complete(call, status);
}

void end(Question* question, pf_status status) {
  auto* handle = reinterpret_cast<uv_handle_t*>(&question->poll);
  if (uv_is_closing(handle)) return;
  question->status = status;
  uv_close(handle, closed);
}

void readable(uv_poll_t* poll, int status, int) {
  auto* question = static_cast<Question*>(poll->data);
  int error = status < 0 ? -status : g_input.read_more();
  if (error) return end(question, cannot_read(question->call, error));
  pf_status taken = try_to_take(question->call, question->in, question->out);
  if (taken != PF_PENDING) end(question, taken);
}

void cancel(pf_call* call) {
  auto* question = static_cast<Question*>(call->state);
  if (question) end(question, pf_fail(call, PF_E_CANCELLED, "the question was cancelled"));
}

/// Reads where that never waits for long, from a file.
pf_status read_now(pf_call* call, const ask_in* in, ask_out* out) {
  for (;;) {
    if (int error = g_input.read_more()) return cannot_read(call, error);
    pf_status status = try_to_take(call, in, out);
    if (status != PF_PENDING) return status;
  }
}

/// Watches standard input; 0, or libuv's error. The input stays one that makes readers
/// wait: the terminal is shared with our outputs and with who started us.
int watch(uv_poll_t* poll) {
  int flags = fcntl(STDIN_FILENO, F_GETFL);
  int error = uv_poll_init(pf_loop_uv(), poll, STDIN_FILENO);
  if (flags >= 0) fcntl(STDIN_FILENO, F_SETFL, flags);
  return error;
}

pf_status nobody_answers(pf_call* call, const ask_in* in, ask_out* out) {
  if (in->default_.has) {
    out->answer = {pflow::share(in->default_.value), true};
    return PF_DONE;
  }
  pf_fail(call, PF_E_IO, "nobody can answer: standard input is no terminal, pipe or file");
  pf_fail_help(call, "`default: \"…\"` says what it means when nobody answers");
  return PF_FAILED;
}

}  // namespace

pf_status pfn_terminal_ask(pf_call* call, const ask_in* in, ask_out* out) {
  if (!somebody_can_answer()) return nobody_answers(call, in, out);
  show(in->question);
  pf_status status = try_to_take(call, in, out);
  if (status != PF_PENDING) return status;
  auto* question = static_cast<Question*>(calloc(1, sizeof(Question)));
  if (!question) abort();
  *question = {.call = call, .in = in, .out = out};
  if (watch(&question->poll) != 0) {
    free(question);
    return read_now(call, in, out);
  }
  question->poll.data = question;
  call->state = question;
  call->cancel = cancel;
  uv_poll_start(&question->poll, UV_READABLE | UV_DISCONNECT, readable);
  return PF_PENDING;
}
