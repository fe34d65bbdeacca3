#include "frontend/sema/templates/shell_scan.h"

#include <gtest/gtest.h>

namespace pflow::sema {
namespace {

/// The site of the one hole, written `@`.
HoleSite site_of(std::string_view text) {
  ShellScanner scanner;
  size_t at = text.find('@');
  scanner.text(text.substr(0, at));
  HoleSite site = scanner.hole();
  scanner.text(text.substr(at + 1));
  return site;
}

ShellContext context_of(std::string_view text) { return site_of(text).context; }

ShellContext unclosed(std::string_view text) {
  ShellScanner scanner;
  scanner.text(text);
  return scanner.unclosed();
}

TEST(ShellScan, PlainWordsAreSafe) {
  for (std::string_view text : {"ls @",
                                "ls x@y",
                                "ls 'a b' @",
                                "ls \"a\"@",
                                "a | b @",
                                "x=@ env",
                                "ls > @",
                                "(cd @)",
                                "echo $(cat @)",
                                "echo \"$(cat @)\"",
                                "echo it\\'s @",
                                "echo a#b @",
                                "# note\nls @",
                                "cat <<END\ntext\nEND\nls @",
                                "cat <<-END\n\ttext\n\tEND\nls @",
                                "echo $HOME @",
                                "echo ${HOME} @",
                                "echo $((1 + 2)) @",
                                "echo `date` @",
                                "mysh -x @",
                                "sh @"})
    EXPECT_EQ(context_of(text), ShellContext::Command) << text;
}

TEST(ShellScan, WhatAHoleMayNotStandIn) {
  EXPECT_EQ(context_of("echo '@'"), ShellContext::SingleQuotes);
  EXPECT_EQ(context_of("echo \"a @\""), ShellContext::DoubleQuotes);
  EXPECT_EQ(context_of("echo \"$(ls)@\""), ShellContext::DoubleQuotes);
  EXPECT_EQ(context_of("echo `ls @`"), ShellContext::Backquotes);
  EXPECT_EQ(context_of("echo $((@ + 1))"), ShellContext::Arithmetic);
  EXPECT_EQ(context_of("echo $(((1) + @))"), ShellContext::Arithmetic);
  EXPECT_EQ(context_of("echo ${X:-@}"), ShellContext::Parameter);
  EXPECT_EQ(context_of("ls # @"), ShellContext::Comment);
  EXPECT_EQ(context_of("cat <<END\n@\nEND"), ShellContext::HereDocument);
  EXPECT_EQ(context_of("cat << @"), ShellContext::HereDocument);
  EXPECT_EQ(context_of("cat <<A <<B\nA\n@\nB"), ShellContext::HereDocument);
  EXPECT_EQ(context_of("echo \\@"), ShellContext::Escape);
  EXPECT_EQ(context_of("echo $@"), ShellContext::Dollar);
  EXPECT_EQ(context_of("eval ls @"), ShellContext::Eval);
  EXPECT_EQ(context_of("env sh -c @"), ShellContext::ShellC);
  EXPECT_EQ(context_of("/bin/bash -ec 'x' @"), ShellContext::ShellC);
  EXPECT_EQ(context_of("eval \"$(cat @)\""), ShellContext::Eval);
}

TEST(ShellScan, ACommandEndsWhatEvaluates) {
  EXPECT_EQ(context_of("eval ls; echo @"), ShellContext::Command);
  EXPECT_EQ(context_of("sh -c ls && echo @"), ShellContext::Command);
}

TEST(ShellScan, WhereAWordBegins) {
  EXPECT_TRUE(site_of("ls @").begins_word);
  EXPECT_TRUE(site_of("ls;@").begins_word);
  EXPECT_FALSE(site_of("ls x@").begins_word);
  EXPECT_FALSE(site_of("ls ''@").begins_word);
  EXPECT_FALSE(site_of("ls $(pwd)@").begins_word);
  EXPECT_FALSE(site_of("ls > @").begins_word);
}

TEST(ShellScan, DashesEndOptions) {
  EXPECT_TRUE(site_of("ls -- @").after_dashes);
  EXPECT_TRUE(site_of("ls '--' @").after_dashes);
  EXPECT_FALSE(site_of("ls @ --").after_dashes);
  EXPECT_FALSE(site_of("ls -- x; cat @").after_dashes);
}

TEST(ShellScan, ASecondHoleGoesOnWithTheWord) {
  ShellScanner scanner;
  scanner.text("ls ");
  EXPECT_TRUE(scanner.hole().begins_word);
  EXPECT_FALSE(scanner.hole().begins_word);
  scanner.text(" ");
  EXPECT_TRUE(scanner.hole().begins_word);
}

TEST(ShellScan, WhatIsLeftOpen) {
  EXPECT_EQ(unclosed("ls 'a'"), ShellContext::Command);
  EXPECT_EQ(unclosed("ls 'a"), ShellContext::SingleQuotes);
  EXPECT_EQ(unclosed("ls \"a"), ShellContext::DoubleQuotes);
  EXPECT_EQ(unclosed("ls `a"), ShellContext::Backquotes);
}

}  // namespace
}  // namespace pflow::sema
