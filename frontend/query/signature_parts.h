/// The places of the parts of a signature, as signature_text and the pages write them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pflow::query {

/// Bytes of the signature.
struct SignaturePart {
  size_t begin, end;
};

/// What stands between the commas of the outermost parentheses.
[[nodiscard]] std::vector<SignaturePart> parameters_of(std::string_view signature);
/// A signature that is long for one line has a line for each parameter.
[[nodiscard]] std::string laid_out(std::string_view signature);

}  // namespace pflow::query
