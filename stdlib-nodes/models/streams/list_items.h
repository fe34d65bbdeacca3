/// The items of a JSON list, each as soon as it is whole in a text that comes in pieces.
#pragma once

#include <deque>
#include <string>
#include <string_view>

namespace pf_models {

/// What stands before the list, as the object that providers want around it, is passed over.
class ListItems {
 public:
  /// The next piece of the text; the JSON of each item that it makes whole is added to `items`.
  void add(std::string_view piece, std::deque<std::string>& items);
  /// Whether the list has ended.
  [[nodiscard]] bool ended() const { return place_ == Place::Behind; }

 private:
  void take(char c, std::deque<std::string>& items);
  void take_in_item(char c, std::deque<std::string>& items);
  void end_item(std::deque<std::string>& items);
  /// Whether the character stands within a text, or is a quote of one.
  bool is_quoted(char c);

  enum class Place : unsigned char { Before, Between, Inside, Behind } place_ = Place::Before;
  std::string item_;
  int depth_ = 0;         ///< of what is open within the item
  bool quoted_ = false;   ///< within a text …
  bool escaped_ = false;  ///< … behind a backslash
};

}  // namespace pf_models
