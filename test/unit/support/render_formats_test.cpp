#include <gtest/gtest.h>

#include "support/json_text.h"
#include "support/render.h"

namespace pflow {
namespace {

constexpr DiagnosticKind<1> kError{{"an_error", 9990, Severity::Error, "wrong {}"}};
constexpr DiagnosticKind<0> kWarning{{"a_warning", 9991, Severity::Warning, "odd"}};

class RenderFormats : public testing::Test {
 protected:
  Span at(uint32_t begin) { return {file_, begin, begin + 1}; }
  std::string shown(ErrorFormat format, size_t limit = 20) {
    return render(sink_, sources_, {.format = format, .limit = limit});
  }

  SourceMap sources_;
  FileId file_ = sources_.add("a.pf", std::string(100, 'x') + "\nsecond\n");
  Diagnostics sink_;
};

TEST_F(RenderFormats, ShortIsOneLineInSourceOrder) {
  sink_.report(kError, {file_, 101, 107}, "b");
  sink_.report(kWarning, {file_, 3, 103});
  sink_.report(kError, {}, "no place");
  EXPECT_EQ(shown(ErrorFormat::Short),
            "a.pf:1:4-2:3: warning[PF9991]: odd\n"
            "a.pf:2:1-7: error[PF9990]: wrong b\n"
            "error[PF9990]: wrong no place\n");
}

TEST_F(RenderFormats, LimitHoldsBackAndSaysSo) {
  for (uint32_t i = 0; i < 5; ++i) sink_.report(kError, at(i), i);
  sink_.report(kWarning, at(50));
  sink_.report(kWarning, at(51));
  sink_.report(kWarning, at(52));
  EXPECT_EQ(shown(ErrorFormat::Short, 2),
            "a.pf:1:1-2: error[PF9990]: wrong 0\n"
            "a.pf:1:2-3: error[PF9990]: wrong 1\n"
            "a.pf:1:51-52: warning[PF9991]: odd\n"
            "a.pf:1:52-53: warning[PF9991]: odd\n"
            "3 more errors and 1 more warning held back (`--error-limit 0` shows all)\n");
  EXPECT_EQ(shown(ErrorFormat::Short, 0).find("held back"), std::string::npos);
}

TEST_F(RenderFormats, JsonHasTheShapeOfRustc) {
  sink_.report(kError, {file_, 101, 107}, "\"quoted\"")
      .label("here")
      .help("fix it", {{file_, 101, 107}, "first"});
  std::string json = shown(ErrorFormat::Json);
  EXPECT_EQ(
      json.substr(0, json.find("\"rendered\":\"error")),
      R"({"$message_type":"diagnostic","version":1,"message":"wrong \"quoted\"",)"
      R"("code":{"code":"PF9990","explanation":null},"level":"error","spans":[)"
      R"({"file_name":"a.pf","byte_start":101,"byte_end":107,"line_start":2,"line_end":2,)"
      R"("column_start":1,"column_end":7,"is_primary":true,)"
      R"("text":[{"text":"second","highlight_start":1,"highlight_end":7}],"label":"here",)"
      R"("suggested_replacement":null,"suggestion_applicability":null,)"
      R"("range":{"start":{"line":1,"character":0},"end":{"line":1,"character":6}}}],"children":[)"
      R"({"message":"fix it","code":null,"level":"help","spans":[)"
      R"({"file_name":"a.pf","byte_start":101,"byte_end":107,"line_start":2,"line_end":2,)"
      R"("column_start":1,"column_end":7,"is_primary":true,)"
      R"("text":[{"text":"second","highlight_start":1,"highlight_end":7}],"label":null,)"
      R"("suggested_replacement":"first","suggestion_applicability":"MaybeIncorrect",)"
      R"("range":{"start":{"line":1,"character":0},"end":{"line":1,"character":6}}}],)"
      R"("children":[],"rendered":null}],)");
  EXPECT_EQ(json.find('\n'), json.size() - 1);
}

TEST(JsonString, EscapesAndRepairs) {
  EXPECT_EQ(json_string("a\"\\\n\t\x01\xff é"), "\"a\\\"\\\\\\n\\t\\u0001\xEF\xBF\xBD é\"");
}

}  // namespace
}  // namespace pflow
