/// The text of an answer as a value of a type, as far as it is clear what was meant.
///
/// The strict reader has the first word: what it takes is read without a report. What it does
/// not is mended: JSON is looked for in the text, read tolerantly (tolerant_json.h), fitted to
/// the type (coercion.h), and written as exact JSON, which the strict reader takes. What may be
/// meant in two ways is an error that names both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pflow/abi.h"

namespace pf_models::lenient {

enum class Root : uint8_t {
  Plain,    ///< the value itself was asked for
  InValue,  ///< an object with the value in its member `value`
};

struct Reading {
  bool read = false;
  std::vector<std::string> mended = {};  ///< short sentences with places
  bool cut = false;                      ///< the value was completed where the text ended
  pf_error_kind kind = PF_E_PARSE;       ///< when it was not read: PF_E_PARSE or PF_E_SCHEMA
  std::string problem = {};              ///< the same: what is wrong, and where
};

/// Into `out`, which is zeroed and stays so when the text cannot be read.
[[nodiscard]] Reading read_strictly(const pf_str& text, const pf_type& type, Root root, void* out);
[[nodiscard]] Reading read_leniently(const pf_str& text, const pf_type& type, Root root, void* out);
/// The same for a text that the strict reader has not taken.
[[nodiscard]] Reading mend(std::string_view text, const pf_type& type, Root root, void* out);

}  // namespace pf_models::lenient
