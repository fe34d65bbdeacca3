/// Media types: in which form a body is sent or received.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace pflow::openapi {

/// `json`, `form`, `multipart`, `text` or `bytes`.
[[nodiscard]] std::string_view form_of(std::string_view media_type);

/// An entry of a `content`.
struct Media {
  std::string type;  ///< without parameters; empty: the content is empty
  std::string_view form;
  const boost::json::object* object = nullptr;
};

/// The entry that is best for a program: JSON, then forms, then text, then bytes.
[[nodiscard]] Media best_media(const boost::json::object& content);

}  // namespace pflow::openapi
