/// One question to a provider over HTTP: what is sent, and what comes back as text.
#pragma once

#include <string>
#include <string_view>

#include "pflow/abi.h"

namespace pf_models {

struct Provider;

/// Of whom a question is asked, as failures begin: `openai/gpt-4.1: `.
std::string asked_of(const Provider& provider, std::string_view model);

/// Who asks. Made for one question, and destroyed with it.
class Asker {
 public:
  Asker() = default;
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;
  virtual ~Asker() = default;
  /// The reply of a server, whatever its status; `body` is UTF-8. Returns the status of the call;
  /// with PF_PENDING it goes on with the call, which was its last question's.
  virtual pf_status take(pf_call* call, int status, std::string_view body) = 0;
  /// The call was failed, for whatever reason. The status is the call's, as that of `take`.
  virtual pf_status failed(pf_call*) { return PF_FAILED; }
};

/// Sends `body` to `path` of the provider; the call is completed later. `key` may be empty. What
/// comes before a reply fails it: no connection, an answer that is no text. `asker` is taken over;
/// `who` is of `asked_of`.
void ask(pf_call* call, const Provider& provider, std::string_view who, std::string_view path,
         const std::string& key, const std::string& body, Asker* asker);

}  // namespace pf_models
