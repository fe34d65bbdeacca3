/// A number by its decimal digits, as it is written.
#pragma once

#include "pflow/node.hpp"

namespace pf_numbers {

class Decimal {
 public:
  /// Of an int or a finite float.
  Decimal(const void* number, const pf_type* type);

  /// Keeps `places` digits behind the point, before it when negative; halves go away
  /// from zero.
  void round(int64_t places);
  [[nodiscard]] double value() const;
  /// With `places` digits behind the point, or as many as there are when negative.
  [[nodiscard]] pf_str text(int64_t places, std::string_view thousands, std::string_view point);

 private:
  [[nodiscard]] char digit(int64_t at) const { return at >= 0 && at < count_ ? digits_[at] : '0'; }

  static constexpr int64_t kMost = 32;
  char digits_[kMost];  ///< without zeros at either end
  int64_t count_ = 0;
  int64_t before_ = 0;  ///< digits before the point; negative: zeros behind it
  bool negative_ = false;
};

}  // namespace pf_numbers
