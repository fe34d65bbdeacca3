// ask: the question to standard error, a line of standard input back. What can make us
// wait, a terminal, a pipe or a socket, is watched by the loop; a file never does.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pflow/input.h"
#include "pflow/node.hpp"
#include "stdlib-nodes/terminal/answers.h"
#include "terminal.pf.hpp"

namespace {

using pflow::LineReader;
using terminal::input;
using terminal::is_ready;
using terminal::show;

/// One question that waits for its answer.
struct Question {
  pf_input_wait wait;
  pf_call* call;
  const ask_in* in;
  ask_out* out;
};

void show_question(const pf_str& question) {
  std::string_view text = pflow::view(question);
  bool spaced = text.empty() || text.ends_with(' ') || text.ends_with('\n');
  show(question);
  if (!spaced) show(pflow::literal(" "));
}

pf_status no_text(pf_call* call) {
  pf_status status =
      pflow::fail_not_text(call, PF_E_VALUE, "the answer", input().problem_in_line());
  input().drop_line();
  return status;
}

/// Takes the next line, waited for if need be. The default stands for an empty one, and
/// for the end of the input.
pf_status take(pf_call* call, const ask_in* in, ask_out* out) {
  pf_str line{};
  LineReader::Result result = input().next(&line);
  if (result == LineReader::NotText) return no_text(call);
  if (result == LineReader::Unreadable)
    return pf_fail(call, PF_E_IO, "cannot read standard input: %s", strerror(errno));
  if (line.len == 0 && in->default_.has)
    out->answer = {pflow::share(in->default_.value), true};
  else
    out->answer = {line, result == LineReader::Line};
  return PF_DONE;
}

void end(Question* question, pf_status status) {
  pf_call* call = question->call;
  pf_loop_leave_input(&question->wait);
  free(question);
  call->state = nullptr;
  pf_complete(call, status);
}

void readable(void* state) {
  auto* question = static_cast<Question*>(state);
  if (is_ready()) end(question, take(question->call, question->in, question->out));
}

void cancel(pf_call* call) {
  auto* question = static_cast<Question*>(call->state);
  if (question) end(question, pf_fail(call, PF_E_CANCELLED, "the question was cancelled"));
}

}  // namespace

pf_status pfn_terminal_ask(pf_call* call, const ask_in* in, ask_out* out) {
  show_question(in->question);
  if (is_ready()) return take(call, in, out);
  auto* question = static_cast<Question*>(pflow::zeroed(sizeof(Question)));
  *question = {{readable, question, nullptr}, call, in, out};
  if (!pf_loop_await_input(&question->wait)) {
    free(question);
    return take(call, in, out);
  }
  call->state = question;
  call->cancel = cancel;
  return PF_PENDING;
}
