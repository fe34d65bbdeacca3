/// Whether a model can be shown an attachment: media_inputs.def, and what models.def says of it.
#pragma once

#include <stddef.h>

#include <optional>

#include "model_check.h"

namespace pf_models {

struct Attachment;

/// More than any provider takes, in bytes.
size_t most_attached();

/// Why it cannot be shown to the model, which the call names so.
std::optional<Refusal> check_attachment(const Model& model, std::string_view name,
                                        const Attachment& attachment);

}  // namespace pf_models
