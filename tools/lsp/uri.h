/// Addresses of documents and paths of files.
#pragma once

#include <string>
#include <string_view>

namespace pflow::lsp {

/// The path of a `file:` address, unescaped; another address (`untitled:Untitled-1`) stands for
/// itself: nothing of the disk has such a name.
[[nodiscard]] std::string path_of(std::string_view uri);
/// The `file:` address of an absolute path.
[[nodiscard]] std::string uri_of(std::string_view path);

}  // namespace pflow::lsp
