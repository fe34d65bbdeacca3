/// Which schemas are of another form where they are sent than where they are received.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pflow::json_schema {

/// What values of a type are for: `readOnly` properties are never sent, `writeOnly` ones never
/// received.
enum class Use : unsigned char { Both, Sent, Received };

/// Whether the property has a place in values of that use.
[[nodiscard]] bool is_used(const boost::json::value& property, Use use);

class Uses {
 public:
  explicit Uses(const boost::json::value& document) : document_(document) {}

  /// Whether what the reference points to holds such a property, at any depth.
  [[nodiscard]] bool differ(std::string_view reference);

 private:
  struct Direct {
    bool differs = false;
    std::vector<std::string> references;
  };
  const Direct& direct(const std::string& reference);

  const boost::json::value& document_;
  std::map<std::string, Direct, std::less<>> direct_;
  std::map<std::string, bool, std::less<>> known_;
};

}  // namespace pflow::json_schema
