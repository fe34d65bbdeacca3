// approve: asked on a terminal, one question after the other; elsewhere it waits for a later run.
#include <stdlib.h>
#include <unistd.h>

#include "pflow/input.h"
#include "pflow/node.hpp"
#include "stdlib-nodes/terminal/answers.h"
#include "stdlib-nodes/waits/patience.h"
#include "waits.pf.hpp"

namespace {

struct Approval {
  pf_waiting waiting;  // first: its address is the approval's
  pf_input_wait input;
  const approve_in* in;
  approve_out* out;
  Approval* next;  ///< that is asked on the terminal behind it
};
Approval* g_first;  ///< the one that is asked now

bool is_answer(std::string_view text, approve_out* out) {
  const bool yes = text == "yes" || text == "y", no = text == "no" || text == "n";
  if (yes || no) out->answer = pflow::literal(yes ? "yes" : "no");
  return yes || no;
}

pf_status is_late(pf_call* call) {
  return pf_fail(call, PF_E_TIMEOUT, "nobody has answered in time");
}

pf_status take_given(pf_call* call, const pf_str& given, approve_out* out) {
  const bool fits = is_answer(pflow::view(given), out);
  const pf_status status =
      fits ? PF_DONE
           : pf_fail(call, PF_E_VALUE, "`%.*s` is no answer: `yes` or `no`",
                     static_cast<int>(given.len < 80 ? given.len : 80), given.data);
  pf_str_release(given);
  return status;
}

/// While it waited.
pf_status take_later(pf_waiting* waiting, const pf_str* given) {
  auto* approval = reinterpret_cast<Approval*>(waiting);
  pf_call* call = waiting->call;
  approve_out* out = approval->out;
  const pf_str answer = given ? pflow::share(*given) : pf_str{};
  waits::drop(waiting);
  return given ? take_given(call, answer, out) : is_late(call);
}

// ---- on a terminal ------------------------------------------------------------------------------

void ask_next();

void show(const approve_in* in) {
  if (in->show.len != 0) {
    terminal::show(in->show);
    terminal::show(pflow::literal("\n"));
  }
  terminal::show(in->question);
  terminal::show(pflow::literal(" [yes/no] "));
}

void end(Approval* approval, pf_status status) {
  pf_call* call = approval->waiting.call;
  pf_loop_leave_input(&approval->input);
  Approval** at = &g_first;
  while (*at != approval) at = &(*at)->next;
  const bool was_asked = at == &g_first;
  *at = approval->next;
  pf_str_release(approval->waiting.name);
  free(approval);
  call->state = nullptr;
  pf_complete(call, status);
  if (was_asked) ask_next();
}

/// Whether the line is an answer, or the end of the input.
bool take_line(Approval* approval) {
  pf_call* call = approval->waiting.call;
  pf_str line{};
  if (terminal::input().next(&line) != pflow::LineReader::Line) {
    end(approval, pf_fail(call, PF_E_CONFIG, "nobody has answered: standard input has ended"));
    return true;
  }
  const bool fits = is_answer(pflow::view(line), approval->out);
  pf_str_release(line);
  if (fits) end(approval, PF_DONE);
  return fits;
}

void readable(void* state) {
  auto* approval = static_cast<Approval*>(state);
  while (terminal::is_ready()) {
    if (take_line(approval)) return;
    show(approval->in);
  }
}

void ask_next() {
  if (!g_first) return;
  g_first->input = {readable, g_first, nullptr};
  show(g_first->in);
  pf_loop_await_input(&g_first->input);
}

void cancel_question(pf_call* call) {
  if (auto* approval = static_cast<Approval*>(call->state))
    end(approval, pf_fail(call, PF_E_CANCELLED, "the question was cancelled"));
}

pf_status ask(pf_call* call, Approval* approval) {
  Approval** last = &g_first;
  while (*last) last = &(*last)->next;
  *last = approval;
  call->state = approval;
  call->cancel = cancel_question;
  if (g_first == approval) ask_next();
  return PF_PENDING;
}

}  // namespace

pf_status pfn_waits_approve(pf_call* call, const approve_in* in, approve_out* out) {
  pf_str name = pf_waiting_name(call), given{};
  if (pf_waiting_given(&name, false, &given)) {
    pf_str_release(name);
    return take_given(call, given, out);
  }
  if (waits::is_late(call, in->deadline)) {
    pf_str_release(name);
    return is_late(call);
  }
  auto* approval = static_cast<Approval*>(pflow::zeroed(sizeof(Approval)));
  approval->waiting = {
      call,    name,    in->question, PF_WAITS_ANSWER, waits::nanoseconds(in->deadline), take_later,
      nullptr, nullptr, false};
  approval->in = in;
  approval->out = out;
  const bool has_terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
  if (has_terminal && !pf_waiting_is_hosted()) return ask(call, approval);
  return waits::begin(&approval->waiting);
}
