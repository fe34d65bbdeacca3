#include "runtime/src/failures/failure.h"

#include <stdarg.h>
#include <stdlib.h>

#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

Failure* g_pending;

Failure* empty_failure(pf_error_kind kind, const pf_site* site) {
  auto* failure = static_cast<Failure*>(allocate_zeroed(sizeof(Failure)));
  failure->kind = kind;
  failure->site = site;
  failure->retry_after = -1;
  failure->attempt = 1;
  return failure;
}

/// Messages quote what came from elsewhere; `error.message` is a `str`.
pf_str well_formed(Buffer& text) {
  size_t valid = utf8_valid_prefix(text.data(), text.size());
  if (valid == text.size()) return text.take();
  Buffer mended;
  for (size_t at = 0; at < text.size(); at += valid + 1) {
    valid = utf8_valid_prefix(text.data() + at, text.size() - at);
    mended.add(text.data() + at, valid);
    if (at + valid < text.size()) mended.add("\uFFFD");
  }
  return mended.take();
}

pf_str vformat(const char* format, va_list arguments) {
  Buffer text;
  text.vformat(format, arguments);
  return well_formed(text);
}

}  // namespace

const char* kind_name(pf_error_kind kind) {
  switch (kind) {
#define PF_ERROR_KIND(NAME, word, number, tries) \
  case PF_E_##NAME: return #word;
#include "pflow/tables/error_kinds.def"
  }
  return "internal";
}

const Failure* pending_failure() { return g_pending; }

Failure* take_failure() {
  Failure* taken = g_pending;
  g_pending = nullptr;
  return taken;
}

void set_failure(Failure* failure) {
  free_failure(g_pending);
  g_pending = failure;
}

void free_failure(Failure* failure) {
  while (failure) {
    pf_str_release(failure->message);
    pf_str_release(failure->help);
    pf_str_release(failure->note);
    pf_drop_value(&failure->data, &kJsonType);
    Failure* first = failure->first;
    free(failure);
    failure = first;
  }
}

Failure* new_failure(pf_error_kind kind, const pf_site* site, const char* format, ...) {
  Failure* failure = empty_failure(kind, site);
  va_list arguments;
  va_start(arguments, format);
  failure->message = vformat(format, arguments);
  va_end(arguments);
  return failure;
}

Failure* copy_failure(const Failure& failure) {
  auto* copy = static_cast<Failure*>(allocate(sizeof(Failure)));
  *copy = failure;
  pf_str_retain(copy->message);
  pf_str_retain(copy->help);
  pf_retain_value(&copy->data, &kJsonType);
  return copy;
}

void set_message(Failure* failure, pf_str message) {
  pf_str_release(failure->message);
  failure->message = message;
}

void set_help(Failure* failure, pf_str help) {
  pf_str_release(failure->help);
  failure->help = help;
}

void give_failure(pf_call* call, Failure* failure) {
  free_failure(static_cast<Failure*>(call->error));
  call->error = failure;
}

void raise(pf_error_kind kind, const pf_site* site, const char* format, ...) {
  Failure* failure = empty_failure(kind, site);
  va_list arguments;
  va_start(arguments, format);
  failure->message = vformat(format, arguments);
  va_end(arguments);
  set_failure(failure);
}

void raise_help(const char* format, ...) {
  if (!g_pending) return;
  va_list arguments;
  va_start(arguments, format);
  set_help(g_pending, vformat(format, arguments));
  va_end(arguments);
}

}  // namespace pflow::rt

using pflow::rt::Failure;

pf_status pf_fail(pf_call* call, pf_error_kind kind, const char* format, ...) {
  Failure* failure = pflow::rt::empty_failure(kind, call->site);
  va_list arguments;
  va_start(arguments, format);
  failure->message = pflow::rt::vformat(format, arguments);
  va_end(arguments);
  pflow::rt::give_failure(call, failure);
  return PF_FAILED;
}

void pf_fail_help(pf_call* call, const char* format, ...) {
  auto* failure = static_cast<Failure*>(call->error);
  if (!failure) return;
  va_list arguments;
  va_start(arguments, format);
  pflow::rt::set_help(failure, pflow::rt::vformat(format, arguments));
  va_end(arguments);
}

void pf_fail_note(pf_call* call, const char* format, ...) {
  auto* failure = static_cast<Failure*>(call->error);
  if (!failure) return;
  va_list arguments;
  va_start(arguments, format);
  pf_str_release(failure->note);
  failure->note = pflow::rt::vformat(format, arguments);
  va_end(arguments);
}

void pf_fail_status(pf_call* call, int status, int64_t retry_after) {
  auto* failure = static_cast<Failure*>(call->error);
  if (!failure) return;
  failure->status = status;
  failure->retry_after = retry_after;
}

void pf_fail_once(pf_call* call) {
  if (auto* failure = static_cast<Failure*>(call->error)) failure->once = true;
}

void pf_fail_data(pf_call* call, pf_json data) {
  auto* failure = static_cast<Failure*>(call->error);
  pf_drop_value(failure ? &failure->data : &data, &pflow::rt::kJsonType);
  if (failure) failure->data = data;
}

bool pf_fail_undo(pf_call* call, pf_str* message) {
  auto* failure = static_cast<Failure*>(call->error);
  if (failure->kind == PF_E_CANCELLED) return false;
  *message = failure->message;
  failure->message = {};
  pflow::rt::free_failure(failure);
  call->error = nullptr;
  return true;
}

void pf_choose(pf_call* call, const char* action) { call->action = action; }

bool pf_action_is(pf_call* call, const void* action) {
  const char* ended = call && call->action ? call->action : "default";
  return strcmp(ended, static_cast<const char*>(action)) == 0;
}

void pf_raise_call(pf_call* call) {
  auto* failure = static_cast<Failure*>(call->error);
  call->error = nullptr;
  if (failure) {
    pflow::rt::set_failure(failure);
  } else if (!pflow::rt::pending_failure()) {
    const char* node = call->site ? call->site->node : "";
    pflow::rt::raise(PF_E_INTERNAL, call->site, "node `%s` failed without a message", node);
  }
}

void pf_raise(const pf_site* site, int32_t kind, const pf_str* message) {
  Failure* failure = pflow::rt::empty_failure(static_cast<pf_error_kind>(kind), site);
  failure->message = pf_str_copy(message->data, message->len);
  pflow::rt::set_failure(failure);
}

void pf_raise_exit_code(int64_t code) {
  Failure* failure = pflow::rt::take_failure();
  if (code == 1 || (code >= 10 && code <= 125)) {
    failure->exit_code = static_cast<int>(code);
    return pflow::rt::set_failure(failure);
  }
  // What the flow wanted to say stands below.
  pflow::rt::raise(PF_E_VALUE, failure->site, "`exit_code` is %lld: expected 1, or 10 to 125",
                   static_cast<long long>(code));
  pflow::rt::raise_help("the flow fails with: %.*s", static_cast<int>(failure->message.len),
                        failure->message.data);
  pflow::rt::free_failure(failure);
}

void pf_raise_overflow(const pf_site* site) {
  pflow::rt::raise(PF_E_VALUE, site, "the result does not fit into 64 bits");
}

void pf_raise_division(const pf_site* site) {
  pflow::rt::raise(PF_E_VALUE, site, "division by zero");
}

void pf_raise_depth(const pf_site* site) {
  pflow::rt::raise(PF_E_LIMIT, site, "the recursion is too deep for the stack");
  pflow::rt::raise_help("recurse less deeply, or raise the limit with `ulimit -s`");
}

void pf_raise_visits(const pf_site* site, const pf_str* message) {
  pf_raise(site, PF_E_LIMIT, message);
  pflow::rt::raise_help("raise it with `with (max: n)`, or take the action `limit`");
}

void pf_raise_index(const pf_site* site, int64_t index, int64_t length) {
  pflow::rt::raise(PF_E_VALUE, site, "index %lld is out of range: the length is %lld",
                   static_cast<long long>(index), static_cast<long long>(length));
}
