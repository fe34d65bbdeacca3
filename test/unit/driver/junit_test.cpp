#include "tools/driver/junit.h"

#include <gtest/gtest.h>

namespace pflow {
namespace {

TEST(Junit, OneSuiteAFileInTheOrderOfTheResults) {
  TestOutcome passed{true, "not shown", "", 0.25};
  TestOutcome failed{false, "printed\n", "error: why\nand where\n", 0.5};
  EXPECT_EQ(
      junit_xml({{"b.pf", "adds", passed}, {"b.pf", "fails", failed}, {"a.pf", "", passed}}, {}),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites>\n"
      "  <testsuite name=\"b.pf\" tests=\"2\" failures=\"1\" errors=\"0\" time=\"0.750\">\n"
      "    <testcase classname=\"b.pf\" name=\"adds\" time=\"0.250\"/>\n"
      "    <testcase classname=\"b.pf\" name=\"fails\" time=\"0.500\">\n"
      "      <failure message=\"error: why\">error: why&#10;and where&#10;</failure>\n"
      "      <system-out>printed&#10;</system-out>\n"
      "    </testcase>\n"
      "  </testsuite>\n"
      "  <testsuite name=\"a.pf\" tests=\"1\" failures=\"0\" errors=\"0\" time=\"0.250\">\n"
      "    <testcase classname=\"a.pf\" name=\"\" time=\"0.250\"/>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
}

TEST(Junit, TextsCannotBreakTheXml) {
  std::string xml = junit_xml({{"a.pf", "<\"&'\t\x01>", {true, "", "", 0}}}, {});
  EXPECT_NE(xml.find("name=\"&lt;&quot;&amp;'&#9;&gt;\""), std::string::npos) << xml;
}

TEST(Junit, WhatIsNoUtf8IsReplaced) {
  std::string xml =
      junit_xml({{"a.pf", "t", {false, "\xff \xc3\xa4 \xe2\x82", "\xef\xbf\xbe", 0}}}, {});
  EXPECT_NE(xml.find("<system-out>\xef\xbf\xbd \xc3\xa4 \xef\xbf\xbd"), std::string::npos) << xml;
  EXPECT_EQ(xml.find("\xef\xbf\xbe"), std::string::npos) << xml;
}

TEST(Junit, AProgramThatDoesNotCompileIsAnError) {
  std::string xml = junit_xml({}, {"a.pf", "b.pf"});
  EXPECT_NE(xml.find("<testsuite name=\"b.pf\" tests=\"1\" failures=\"0\" errors=\"1\""),
            std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<error message=\"the program does not compile\"/>"), std::string::npos)
      << xml;
}

TEST(Junit, NoResultsAreNoSuites) {
  EXPECT_EQ(junit_xml({}, {}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n</testsuites>\n");
}

}  // namespace
}  // namespace pflow
