#include "instant.h"

#include <stdio.h>
#include <time.h>

#include "pflow/node.hpp"

namespace pf_time {
namespace {

/// Takes what it reads off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : left_(text) {}

  bool digits(int count, int low, int high, int& out) {
    if (left_.size() < static_cast<size_t>(count)) return false;
    out = 0;
    for (int i = 0; i < count; ++i) {
      char digit = left_[static_cast<size_t>(i)];
      if (digit < '0' || digit > '9') return false;
      out = out * 10 + (digit - '0');
    }
    left_.remove_prefix(static_cast<size_t>(count));
    return low <= out && out <= high;
  }
  bool one_of(std::string_view characters, char* found = nullptr) {
    if (left_.empty() || characters.find(left_[0]) == std::string_view::npos) return false;
    if (found) *found = left_[0];
    left_.remove_prefix(1);
    return true;
  }
  /// Digits behind the point of a second; those beyond nanoseconds count nothing.
  bool fraction(int64_t& nanoseconds) {
    int64_t unit = kSecond;
    int digit;
    if (!digits(1, 0, 9, digit)) return false;
    do {
      unit /= 10;
      nanoseconds += unit * digit;
    } while (digits(1, 0, 9, digit));
    return true;
  }
  [[nodiscard]] bool at_end() const { return left_.empty(); }

 private:
  std::string_view left_;
};

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool read_date(Reader& reader, struct tm& time) {
  int year, month, day;
  bool ok = reader.digits(4, 0, 9999, year) && reader.one_of("-") &&
            reader.digits(2, 1, 12, month) && reader.one_of("-") && reader.digits(2, 1, 31, day) &&
            day <= days_in_month(year, month);
  if (!ok) return false;
  time.tm_year = year - 1900;
  time.tm_mon = month - 1;
  time.tm_mday = day;
  return true;
}

/// A leap second is the one after it.
bool read_clock(Reader& reader, struct tm& time, int64_t& nanoseconds) {
  bool ok = reader.digits(2, 0, 23, time.tm_hour) && reader.one_of(":") &&
            reader.digits(2, 0, 59, time.tm_min) && reader.one_of(":") &&
            reader.digits(2, 0, 60, time.tm_sec);
  if (!ok) return false;
  return !reader.one_of(".") || reader.fraction(nanoseconds);
}

/// `Z` or `+02:00`, in seconds.
bool read_offset(Reader& reader, int& seconds) {
  seconds = 0;
  if (reader.one_of("Zz")) return true;
  char sign;
  int hours, minutes;
  bool ok = reader.one_of("+-", &sign) && reader.digits(2, 0, 23, hours) && reader.one_of(":") &&
            reader.digits(2, 0, 59, minutes);
  if (!ok) return false;
  seconds = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
  return true;
}

}  // namespace

bool join_time(int64_t seconds, int64_t nanoseconds, int64_t& out) {
  return !__builtin_mul_overflow(seconds, kSecond, &out) &&
         !__builtin_add_overflow(out, nanoseconds, &out);
}

bool read_rfc3339(std::string_view text, int64_t& nanoseconds) {
  Reader reader(text);
  struct tm time = {};
  int64_t part = 0;
  int offset = 0;
  if (!read_date(reader, time)) return false;
  if (!reader.at_end()) {
    bool ok = reader.one_of("Tt ") && read_clock(reader, time, part) &&
              read_offset(reader, offset) && reader.at_end();
    if (!ok) return false;
  }
  return join_time(timegm(&time) - offset, part, nanoseconds);
}

pf_str rfc3339(int64_t nanoseconds) {
  time_t seconds = whole_seconds(nanoseconds);
  struct tm parts;
  char text[64];
  gmtime_r(&seconds, &parts);
  size_t len = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
  auto milliseconds = static_cast<int>((nanoseconds - seconds * kSecond) / 1'000'000);
  snprintf(text + len, sizeof(text) - len, ".%03dZ", milliseconds);
  return pflow::text(text);
}

}  // namespace pf_time
