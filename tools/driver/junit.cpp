#include "tools/driver/junit.h"

#include <fmt/format.h>

#include <string_view>

namespace pflow {
namespace {

/// Text for an attribute or an element; what XML 1.0 cannot hold is left out.
std::string escaped(std::string_view text) {
  std::string made;
  for (char c : text) {
    switch (c) {
      case '<': made += "&lt;"; break;
      case '>': made += "&gt;"; break;
      case '&': made += "&amp;"; break;
      case '"': made += "&quot;"; break;
      case '\n': made += "&#10;"; break;
      case '\t': made += "&#9;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) made += c;
    }
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

std::string junit_xml(const std::vector<TestResult>& results) {
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
  return text + "</testsuites>\n";
}

}  // namespace pflow
