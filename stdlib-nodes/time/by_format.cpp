#include "by_format.h"

#include <string.h>

namespace pf_time {
namespace {

/// Whether a conversion of the format is one of these.
bool converts(const char* format, const char* any) {
  for (const char* at = format; (at = strchr(at, '%')); ++at) {
    at += 1 + strspn(at + 1, "EO_-0^#");
    if (*at == '\0') return false;
    if (strchr(any, *at)) return true;
  }
  return false;
}

/// strptime passes over what counts weeks where that gives no day.
bool gives_no_day(const char* format) {
  return converts(format, "GgV") || (converts(format, "UW") && !converts(format, "aAuw"));
}

/// Reads the text on top of a date, of which what is left out stays; -1 for what the date
/// does not decide.
bool read_over(const char* text, const char* format, struct tm& date) {
  date.tm_wday = date.tm_yday = -1;
  const char* end = strptime(text, format, &date);
  return end && *end == '\0';
}

/// Month and day by the day of the year alone.
void take_day_of_year(struct tm& date) {
  struct tm day = {};
  day.tm_year = date.tm_year;
  day.tm_mday = date.tm_yday + 1;
  timegm(&day);
  date.tm_mon = day.tm_mon;
  date.tm_mday = day.tm_mday;
}

}  // namespace

const char* read_by_format(const char* text, const char* format, time_t& seconds) {
  if (gives_no_day(format)) return "weeks give no day; `%Y-%m-%d` and `%Y-%j` do";
  // What differs between the two was left out: C does not tell otherwise.
  struct tm read = {}, other = {};
  read.tm_year = 70;
  read.tm_mday = 1;
  other.tm_year = 72;
  other.tm_mon = 1;
  other.tm_mday = 2;
  if (!read_over(text, format, read) || !read_over(text, format, other)) return "";
  bool undated = read.tm_mon != other.tm_mon && read.tm_mday != other.tm_mday;
  if (undated && read.tm_yday >= 0 && read.tm_yday == other.tm_yday) take_day_of_year(read);
  if (read.tm_sec > 60) return "no minute has that second";
  struct tm day = read;
  day.tm_sec = 0;  // a leap second is the one after it
  seconds = timegm(&day) - read.tm_gmtoff + read.tm_sec;
  if (day.tm_year != read.tm_year || day.tm_mon != read.tm_mon || day.tm_mday != read.tm_mday)
    return "there is no such day";
  if (read.tm_yday >= 0 && day.tm_yday != read.tm_yday) return "there is no such day";
  bool whole =
      read.tm_year == other.tm_year && read.tm_mon == other.tm_mon && read.tm_mday == other.tm_mday;
  if (whole && read.tm_wday >= 0 && day.tm_wday != read.tm_wday) return "it is another weekday";
  return nullptr;
}

}  // namespace pf_time
