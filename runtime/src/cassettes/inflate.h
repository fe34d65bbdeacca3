/// Bodies that were recorded compressed.
#pragma once

#include <string>
#include <string_view>

namespace pflow::cassettes {

/// Null and the body; or what is wrong: "its body is no gzip".
/// `encoding` as the header Content-Encoding says it.
const char* inflate_body(std::string_view encoding, std::string_view body, std::string& out);

}  // namespace pflow::cassettes
