/// The flows that ask, as text.
#pragma once

#include <string>

#include "support/file_system.h"
#include "support/result.h"
#include "tools/driver/question/question.h"

namespace pflow::question {

/// The message of a failure says which option is wrong. The parameters of both are `system`,
/// `fragments`, `attachments`, `options` and `conversation`, a file; the first has `prompt`, too.
[[nodiscard]] Result<std::string> asking_program(const Question& question, FileSystem& files);
[[nodiscard]] Result<std::string> chatting_program(const Question& question, FileSystem& files);

}  // namespace pflow::question
