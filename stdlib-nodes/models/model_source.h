/// How a call site names its model.
#pragma once

#include <cstring>
#include <string_view>

#include "pflow/abi.h"

namespace pf_models {

enum class ModelSource { Literal, Computed, Default };

/// Of a literal also its text.
inline ModelSource model_source(const pf_site& site, std::string_view& literal) {
  for (uint32_t i = 0; i < site.literal_count; ++i) {
    if (std::strcmp(site.literals[i].port, "model") != 0) continue;
    if (!site.literals[i].text) return ModelSource::Computed;
    literal = site.literals[i].text;
    return ModelSource::Literal;
  }
  return ModelSource::Default;
}

}  // namespace pf_models
