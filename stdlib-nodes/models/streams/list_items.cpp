#include "list_items.h"

namespace pf_models {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

void ListItems::add(std::string_view piece, std::deque<std::string>& items) {
  for (char c : piece) take(c, items);
}

bool ListItems::is_quoted(char c) {
  if (!quoted_) {
    quoted_ = c == '"';
    return quoted_;
  }
  if (!escaped_ && c == '"') quoted_ = false;
  escaped_ = !escaped_ && c == '\\';
  return true;
}

void ListItems::take(char c, std::deque<std::string>& items) {
  switch (place_) {
    case Place::Before:
      if (!is_quoted(c) && c == '[') place_ = Place::Between;
      return;
    case Place::Between:
      if (is_blank(c) || c == ',') return;
      place_ = c == ']' ? Place::Behind : Place::Inside;
      if (c != ']') take_in_item(c, items);
      return;
    case Place::Inside: take_in_item(c, items); return;
    case Place::Behind: return;
  }
}

void ListItems::take_in_item(char c, std::deque<std::string>& items) {
  bool was_quoted = quoted_;
  if (is_quoted(c)) {
    item_ += c;
    if (was_quoted && !quoted_ && depth_ == 0) end_item(items);
    return;
  }
  bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
  // A number or a word ends with what stands behind it.
  if (depth_ == 0 && !item_.empty() && (closes || c == ',' || is_blank(c))) {
    end_item(items);
    return take(c, items);
  }
  item_ += c;
  if (opens || depth_ > 0) depth_ += opens - closes;
  if (closes && depth_ == 0) end_item(items);
}

void ListItems::end_item(std::deque<std::string>& items) {
  items.push_back(std::move(item_));
  item_.clear();
  place_ = Place::Between;
}

}  // namespace pf_models
