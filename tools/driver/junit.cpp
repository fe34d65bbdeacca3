#include "tools/driver/junit.h"

#include <fmt/format.h>

#include <string_view>

#include "support/display_width.h"

namespace pflow {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// A code point as XML has it; what XML 1.0 cannot hold is left out or replaced.
std::string_view escaped(const CodePoint& point, std::string_view bytes) {
  if (!point.valid || point.value == 0xFFFE || point.value == 0xFFFF) return kReplacement;
  switch (point.value) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    case '\n': return "&#10;";
    case '\t': return "&#9;";
    default: return point.value < 0x20 ? std::string_view() : bytes;
  }
}

/// Text for an attribute or an element.
std::string escaped(std::string_view text) {
  std::string made;
  while (!text.empty()) {
    CodePoint point = decode_front(text);
    made += escaped(point, text.substr(0, point.length));
    text.remove_prefix(point.length);
  }
  return made;
}

std::string test_case(const TestResult& result) {
  std::string text =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"",
                  escaped(result.file), escaped(result.title), result.outcome.seconds);
  if (result.outcome.passed) return text + "/>\n";
  std::string_view report = result.outcome.err;
  text += fmt::format(">\n      <failure message=\"{}\">{}</failure>\n",
                      escaped(report.substr(0, report.find('\n'))), escaped(report));
  if (!result.outcome.out.empty())
    text += fmt::format("      <system-out>{}</system-out>\n", escaped(result.outcome.out));
  return text + "    </testcase>\n";
}

}  // namespace

std::string junit_xml(const std::vector<TestResult>& results,
                      const std::vector<std::string>& broken) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (size_t i = 0; i < results.size();) {
    std::string cases;
    size_t first = i;
    size_t failed = 0;
    double seconds = 0;
    for (; i < results.size() && results[i].file == results[first].file; ++i) {
      cases += test_case(results[i]);
      failed += results[i].outcome.passed ? 0 : 1;
      seconds += results[i].outcome.seconds;
    }
    text += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"{:.3f}\">\n{}"
        "  </testsuite>\n",
        escaped(results[first].file), i - first, failed, seconds, cases);
  }
  for (const std::string& file : broken)
    text += fmt::format(
        "  <testsuite name=\"{0}\" tests=\"1\" failures=\"0\" errors=\"1\" time=\"0.000\">\n"
        "    <testcase classname=\"{0}\" name=\"compiles\" time=\"0.000\">\n"
        "      <error message=\"the program does not compile\"/>\n"
        "    </testcase>\n  </testsuite>\n",
        escaped(file));
  return text + "</testsuites>\n";
}

}  // namespace pflow
