#include "support/diagnostics.h"

#include <gtest/gtest.h>

namespace pflow {
namespace {

constexpr DiagnosticKind<0> kError{{"an_error", 9990, Severity::Error, "error"}};
constexpr DiagnosticKind<0> kWarning{{"a_warning", 9991, Severity::Warning, "warning"}};
constexpr DiagnosticKind<0> kNote{{"a_note", 9992, Severity::Note, "note"}};

Span place(uint32_t begin) { return {FileId(0), begin, begin + 1}; }

TEST(Diagnostics, KeepsOneReportOfAKindAtAPlace) {
  Diagnostics sink;
  sink.report(kError, place(1));
  sink.report(kError, place(1));
  sink.report(kError, place(2));
  sink.report(kWarning, place(1));
  EXPECT_EQ(sink.all().size(), 3u);
  EXPECT_EQ(sink.error_count(), 2u);
}

TEST(Diagnostics, KeepsAllReportsWithoutAPlace) {
  Diagnostics sink;
  sink.report(kError, {});
  sink.report(kError, {});
  EXPECT_EQ(sink.all().size(), 2u);
}

TEST(Diagnostics, RaisesWarningsButNotNotes) {
  Diagnostics sink({.as_errors = true});
  sink.report(kWarning, place(1));
  sink.report(kNote, place(2));
  ASSERT_EQ(sink.all().size(), 2u);
  EXPECT_EQ(sink.all()[0].severity, Severity::Error);
  EXPECT_EQ(sink.all()[1].severity, Severity::Note);
  EXPECT_TRUE(sink.has_errors());
}

TEST(Diagnostics, SilencesByNameButNeverErrors) {
  Diagnostics sink({.as_errors = true, .silenced = {"a_warning", "an_error"}});
  sink.report(kWarning, place(1));
  sink.report(kError, place(1));
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(sink.all()[0].info->name, "an_error");
}

TEST(Diagnostics, CountsWhatItDoesNotKeep) {
  Diagnostics sink;
  sink.report(kWarning, place(1));
  sink.stop_keeping();
  sink.report(kError, place(2));
  EXPECT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(sink.error_count(), 1u);
}

}  // namespace
}  // namespace pflow
