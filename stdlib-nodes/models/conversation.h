/// The `[Message]` of programs as messages of a request, and back.
#pragma once

#include <span>
#include <vector>

#include "message.h"
#include "pflow/abi.h"

namespace pf_models {

/// Adds the messages. Fails the call when no provider would take them: a part in a message of a
/// role that has none such, a call of a tool that is not answered, an answer to none.
bool read_conversation(pf_call* call, const pf_list& conversation, std::vector<Message>& to);

/// The conversation with messages behind it.
pf_list with_messages(const pf_list& conversation, std::span<const Message> added);

}  // namespace pf_models
