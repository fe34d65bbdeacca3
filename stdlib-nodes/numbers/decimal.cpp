#include "decimal.h"

#include <stdio.h>
#include <stdlib.h>

namespace pf_numbers {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Decimal::Decimal(const void* number, const pf_type* type) {
  pf_str made;
  pf_to_text(&made, number, type);
  pflow::Text text(made);
  std::string_view left = text.view();
  negative_ = left.starts_with('-');
  if (negative_) left.remove_prefix(1);
  bool behind = false;
  for (; !left.empty() && (is_digit(left[0]) || left[0] == '.'); left.remove_prefix(1)) {
    if (left[0] == '.') {
      behind = true;
      continue;
    }
    bool leading = count_ == 0 && left[0] == '0';
    if (!leading && count_ < kMost) digits_[count_++] = left[0];
    if (!behind && !leading) ++before_;
    if (behind && leading) --before_;
  }
  // What is left is an exponent.
  if (!left.empty()) {
    pflow::CText exponent(pflow::Text(pflow::text(left.substr(1))).get());
    before_ += strtoll(exponent.c_str(), nullptr, 10);
  }
  while (count_ > 0 && digits_[count_ - 1] == '0') --count_;
}

void Decimal::round(int64_t places) {
  int64_t kept = before_ + places;
  if (kept >= count_) return;
  bool up = kept >= 0 && digits_[kept] >= '5';
  count_ = kept > 0 ? kept : 0;
  if (up) {
    while (count_ > 0 && digits_[count_ - 1] == '9') --count_;
    if (count_ > 0) {
      ++digits_[count_ - 1];
    } else {
      digits_[count_++] = '1';
      ++before_;
    }
  }
  while (count_ > 0 && digits_[count_ - 1] == '0') --count_;
}

double Decimal::value() const {
  char text[kMost + 40];
  snprintf(text, sizeof text, "%s0.%.*se%lld", negative_ && count_ > 0 ? "-" : "",
           static_cast<int>(count_), digits_, static_cast<long long>(before_));
  return strtod(text, nullptr);
}

pf_str Decimal::text(int64_t places, std::string_view thousands, std::string_view point) {
  if (places >= 0)
    round(places);
  else
    places = count_ > before_ ? count_ - before_ : 0;
  int64_t whole = before_ > 0 && count_ > 0 ? before_ : 1;
  pflow::Text made(pflow::text(negative_ && count_ > 0 ? "-" : ""));
  auto add = [&made](std::string_view part) {
    made = pflow::Text(pflow::join({made.view(), part}));
  };
  for (int64_t at = 0; at < whole; ++at) {
    char c = before_ > 0 ? digit(at) : '0';
    if (at > 0 && (whole - at) % 3 == 0) add(thousands);
    add({&c, 1});
  }
  if (places > 0) add(point);
  for (int64_t at = 0; at < places; ++at) {
    char c = digit(before_ + at);
    add({&c, 1});
  }
  return made.take();
}

}  // namespace pf_numbers
