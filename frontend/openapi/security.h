/// Who may call an operation.
#pragma once

#include <map>

#include "frontend/openapi/signature.h"

namespace pflow::openapi {

/// The schemes that operations need, by name, as the file of the API has them.
class Security {
 public:
  /// `keys` say which key of keys.json is for a scheme; `otherwise` is the key of those that are
  /// not named, where the API has one scheme. Of several each has a key of its own.
  Security(const Document& document, std::map<std::string, std::string> keys,
           std::string otherwise);

  /// Adds `security` to the plan: the schemes that are to be met together, in the order of
  /// preference. Empty, or why nobody can call it.
  [[nodiscard]] std::string add(Signature& signature);

  [[nodiscard]] const boost::json::object& used() const { return used_; }

 private:
  /// False where it is of a kind that no key meets.
  bool use(const std::string& name);
  [[nodiscard]] std::string key_of(const std::string& name) const;

  const Document& document_;
  const boost::json::object* schemes_ = nullptr;
  std::map<std::string, std::string> keys_;
  std::string otherwise_;
  boost::json::object used_;
};

}  // namespace pflow::openapi
