/// Attachments in the words of the APIs.
#pragma once

#include <string>

#include "stdlib-nodes/models/attachments/media_type.h"
#include "stdlib-nodes/models/message.h"

namespace pf_models {

/// The bytes in base64.
std::string base64_of(const Attachment& attachment);
/// The address, of what has none that of its bytes: `data:image/png;base64,…`
std::string address_of(const Attachment& attachment);
/// Of a type that a model takes.
MediaKind kind_of(const Attachment& attachment);
/// The name of its file, or one for a file without.
std::string file_name_of(const Attachment& attachment);

}  // namespace pf_models
