/// A record with a field of each plain type, all of which may be missing.
#pragma once

#include "test/unit/runtime/data_values.h"

namespace fuzz {

/// schema Scalars { whole: int?; real: float?; truth: bool?; raw: bytes?; time: duration?;
/// level: ("low" | "mid")?; place: path?; }, each of which may be missing.
struct OptFloat {
  double value;
  bool has;
};
struct OptBool {
  bool value;
  bool has;
};
struct Scalars {
  values::OptInt whole;
  OptFloat real;
  OptBool truth;
  values::OptStr raw;
  values::OptInt time;
  values::OptStr level;
  values::OptStr place;
};
inline constexpr pf_type optional(const pf_type& element, uint32_t size, const char* name) {
  return {.kind = PF_OPT,
          .size = size,
          .align = element.align,
          .counted = element.counted,
          .name = name,
          .element = &element};
}
inline constexpr pf_type kOptBool = optional(values::kBool, sizeof(OptBool), "bool?");
inline constexpr pf_type kOptBytes = optional(values::kBytes, sizeof(values::OptStr), "bytes?");
inline constexpr pf_type kOptTime =
    optional(values::kDuration, sizeof(values::OptInt), "duration?");
inline constexpr pf_type kOptLevel = optional(values::kLevel, sizeof(values::OptStr), "level?");
inline constexpr pf_type kOptPath = optional(values::kPath, sizeof(values::OptStr), "path?");
inline constexpr pf_field kScalarFields[] = {
    {"whole", "whole", &values::kOptInt, offsetof(Scalars, whole), "", nullptr},
    {"real", "real", &values::kOptFloat, offsetof(Scalars, real), "", nullptr},
    {"truth", "truth", &kOptBool, offsetof(Scalars, truth), "", nullptr},
    {"raw", "raw", &kOptBytes, offsetof(Scalars, raw), "", nullptr},
    {"time", "time", &kOptTime, offsetof(Scalars, time), "", nullptr},
    {"level", "level", &kOptLevel, offsetof(Scalars, level), "", nullptr},
    {"place", "place", &kOptPath, offsetof(Scalars, place), "", nullptr}};
inline constexpr pf_type kScalars = {.kind = PF_RECORD,
                                     .size = sizeof(Scalars),
                                     .align = 8,
                                     .counted = 1,
                                     .name = "Scalars",
                                     .count = 7,
                                     .fields = kScalarFields};
inline constexpr pf_type list_of(const pf_type& element, const char* name) {
  return {.kind = PF_LIST, .size = 8, .align = 8, .counted = 1, .name = name, .element = &element};
}
inline constexpr pf_type kAllScalars = list_of(kScalars, "[Scalars]");

}  // namespace fuzz
