/// Where an API is.
#pragma once

#include "frontend/openapi/signature.h"

namespace pflow::openapi {

/// `reference` as it is meant in a document at `base`; as it is where that is no address.
[[nodiscard]] std::string absolute_url(std::string_view base, std::string_view reference);

/// The servers that `servers` lists.
class Servers {
 public:
  /// `base` is the address of the document, or empty; `chosen` the address to take instead.
  Servers(const Document& document, std::string base, std::string_view chosen);

  /// `{"url": …, "variables": {…}}`: the first one, with the defaults of its variables.
  [[nodiscard]] boost::json::object first() const;
  /// Adds a port for several servers, and for variables with values to choose from; or what the
  /// operation says of its own server to its plan.
  void add(Signature& signature) const;

 private:
  [[nodiscard]] std::vector<const boost::json::object*> listed(
      const boost::json::object& owner) const;
  [[nodiscard]] boost::json::object described(
      const std::vector<const boost::json::object*>& servers) const;

  const Document& document_;
  std::string base_, chosen_;
};

}  // namespace pflow::openapi
