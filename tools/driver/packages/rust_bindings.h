/// The header of a package's nodes in Rust.
#pragma once

#include <string>
#include <string_view>

namespace pflow::packages {

/// `header` is what node_header() makes. Its structs, and for each node the type of its function;
/// the rest of the ABI is `pflow/abi.rs`, which it includes.
[[nodiscard]] std::string rust_bindings(std::string_view header);

}  // namespace pflow::packages
