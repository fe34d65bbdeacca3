#include "test/unit/runtime/values.h"

#include "runtime/src/failures/failure.h"

namespace values {

std::string take_failure() {
  pflow::rt::Failure* failure = pflow::rt::take_failure();
  if (!failure) return "none";
  std::string text = pflow::rt::kind_name(failure->kind);
  text += ": ";
  text += view(failure->message);
  pflow::rt::free_failure(failure);
  return text;
}

std::string failure_help() {
  const pflow::rt::Failure* failure = pflow::rt::pending_failure();
  return failure ? std::string(view(failure->help)) : "none";
}

}  // namespace values
