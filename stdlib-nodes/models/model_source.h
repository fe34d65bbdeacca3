/// How a call site names its model.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "pflow/abi.h"

namespace pf_models {

enum class ModelSource { Literal, Computed, Default };

/// What the call site says of a port; null when nothing.
inline const pf_literal* argument_of(const pf_site& site, const char* port) {
  for (uint32_t i = 0; i < site.literal_count; ++i)
    if (std::strcmp(site.literals[i].port, port) == 0) return &site.literals[i];
  return nullptr;
}

/// The names of a literal list, as JSON in the source of its call; none when it is computed.
std::vector<std::string> names_in(const pf_literal* list);

/// Of a literal also its text.
inline ModelSource model_source(const pf_site& site, std::string_view& literal) {
  const pf_literal* model = argument_of(site, "model");
  if (!model) return ModelSource::Default;
  if (!model->text) return ModelSource::Computed;
  literal = model->text;
  return ModelSource::Literal;
}

}  // namespace pf_models
