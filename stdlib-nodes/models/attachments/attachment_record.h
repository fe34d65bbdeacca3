/// The `Attachment` of programs as that of a message, and back.
#pragma once

#include <string>
#include <vector>

#include "models.pf.hpp"
#include "stdlib-nodes/models/message.h"

namespace pf_models {

/// Adds it. Else what is wrong with one that no `attach` has made.
std::string read_attachment(const ::Attachment& from, std::vector<Attachment>& to);

::Attachment attachment_record(const Attachment& from);

}  // namespace pf_models
